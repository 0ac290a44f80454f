package importer

import (
	"fmt"
	"strconv"
	"strings"
)

// formatNumber writes a number in a format of ISO/IEC 29500-1, section 17.18.59.
// One that is not known here is written in decimal.
func formatNumber(n int, format string) string {
	switch format {
	case "none":
		return ""
	case "decimalZero":
		return fmt.Sprintf("%02d", n)
	case "lowerLetter":
		return repeatedLetter(n, []rune("abcdefghijklmnopqrstuvwxyz"))
	case "upperLetter":
		return repeatedLetter(n, []rune("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	case "russianLower":
		return repeatedLetter(n, []rune("абвгдежзиклмнопрстуфхцчшщыэюя"))
	case "russianUpper":
		return repeatedLetter(n, []rune("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"))
	case "arabicAlpha":
		return repeatedLetter(n, []rune("أبتثجحخدذرزسشصضطظعغفقكلمنهوي"))
	case "arabicAbjad":
		return repeatedLetter(n, []rune("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"))
	case "lowerRoman":
		return strings.ToLower(romanNumeral(n))
	case "upperRoman":
		return romanNumeral(n)
	case "ordinal":
		return ordinal(n)
	case "decimalEnclosedParen":
		return "(" + strconv.Itoa(n) + ")"
	case "decimalEnclosedFullstop":
		return strconv.Itoa(n) + "."
	case "decimalEnclosedCircle":
		if n >= 1 && n <= 20 {
			return string('①' + rune(n-1))
		}
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting",
		"ideographDigital", "koreanCounting":
		return chineseNumeral(n)
	}
	return strconv.Itoa(n)
}

// repeatedLetter counts as Word does: after z comes aa, then bb.
func repeatedLetter(n int, letters []rune) string {
	if n < 1 || n > 10*len(letters) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(letters[(n-1)%len(letters)]), (n-1)/len(letters)+1)
}

func romanNumeral(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for _, sign := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"},
		{5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for n >= sign.value {
			out.WriteString(sign.sign)
			n -= sign.value
		}
	}
	return out.String()
}

func ordinal(n int) string {
	suffix := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

// chineseNumeral writes the numbers up to 9,999: 一, 十二, 二十, 一百零五.
func chineseNumeral(n int) string {
	if n < 1 || n > 9999 {
		return strconv.Itoa(n)
	}
	digits := []rune("零一二三四五六七八九")
	var out strings.Builder
	gap := false
	for _, unit := range []struct {
		value int
		sign  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		digit := n / unit.value % 10
		if digit == 0 {
			gap = out.Len() > 0
			continue
		}
		if gap {
			out.WriteRune('零')
			gap = false
		}
		if unit.value != 10 || digit != 1 || out.Len() > 0 {
			out.WriteRune(digits[digit])
		}
		out.WriteString(unit.sign)
	}
	return out.String()
}
