package importer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// letterValue returns 1 for a, 26 for z, 27 for aa, 28 for bb (as points go on
// after z); 0 for anything else.
func letterValue(token string) int {
	first := token[0] | 0x20
	if first < 'a' || first > 'z' || len(token) > 2 || len(token) == 2 && token[1] != token[0] {
		return 0
	}
	return int(first-'a') + 1 + 26*(len(token)-1)
}

// Letters that points are counted in, in their order: those of Russian without the
// ones that no list counts with, those of Arabic in the order of old, as its
// lists have them.
var (
	russianLetters = []rune("абвгдежзиклмнопрстуфхцчшщэюя")
	arabicLetters  = []rune("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ")
)

// afterN is the place of ñ, which Spanish lists have and others leave out: the
// letters after it have two places.
const afterN = 15

// foreignLetter returns the place of a letter that is not Latin among those that
// points are counted in, 1 for the first; 0 for anything else.
func foreignLetter(token string) int {
	r, size := utf8.DecodeRuneInString(token)
	if tail := token[size:]; tail != "" && tail != tatweel {
		return 0
	}
	if r == 'ñ' {
		return afterN
	}
	if at := slices.Index(russianLetters, r); at >= 0 {
		return at + 1
	}
	return slices.Index(arabicLetters, r) + 1
}

// tatweel lengthens an Arabic letter: the one for 5 is seldom written without.
const tatweel = "ـ"

// romanValue returns the value of a Roman numeral in either case below 400, 0
// if token is not one.
func romanValue(token string) int {
	total, before := 0, 1000
	for i := 0; i < len(token); i++ {
		value := romanDigit(token[i])
		if value == 0 {
			return 0
		}
		if i+1 < len(token) && romanDigit(token[i+1]) > value {
			value = romanDigit(token[i+1]) - value
			i++
		}
		if value > before {
			return 0
		}
		total, before = total+value, value
	}
	if total >= 400 || strings.Contains(strings.ToLower(token), "iiii") {
		return 0
	}
	return total
}

func romanDigit(c byte) int {
	switch c | 0x20 {
	case 'i':
		return 1
	case 'v':
		return 5
	case 'x':
		return 10
	case 'l':
		return 50
	case 'c':
		return 100
	}
	return 0
}

// cjkDigit returns the value of a Chinese numeral from 0 to 10, -1 for others.
func cjkDigit(r rune) int {
	const numerals = "〇一二三四五六七八九十"
	for value, at := 0, 0; at < len(numerals); value++ {
		digit, size := utf8.DecodeRuneInString(numerals[at:])
		if digit == r {
			return value
		}
		at += size
	}
	if r == '零' {
		return 0
	}
	return -1
}

// cjkNumber returns the value of a number in Chinese numerals below 1,000, 0 if
// s is not one.
func cjkNumber(s string) int {
	total, digit := 0, 0
	for _, r := range s {
		switch value := cjkDigit(r); {
		case r == '百':
			total += max(digit, 1) * 100
			digit = 0
		case value == 10:
			total += max(digit, 1) * 10
			digit = 0
		case value >= 0:
			digit = digit*10 + value
		default:
			return 0
		}
	}
	if total+digit >= 1000 {
		return 0
	}
	return total + digit
}
