package query

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	years     = regexp.MustCompile(`^([0-9]{1,4})?(\.\.)?([0-9]{1,4})?$`)
	fromTo    = regexp.MustCompile(`^([0-9]{4})[-–—/]([0-9]{4})$`)
	comparing = regexp.MustCompile(`^(>=|<=|>|<)([0-9]{1,4})$`)
	someYear  = regexp.MustCompile(`[0-9]{4}`)
)

func (p *parser) year(t token) (Query, *fault) {
	m := years.FindStringSubmatch(t.text)
	if m == nil || m[1] == "" && m[3] == "" || m[2] == "" && m[3] != "" {
		return nil, p.noYear(t)
	}
	from, to := number(m[1]), number(m[3])
	if m[2] == "" {
		to = from
	}
	if m[1] != "" && from == 0 || m[3] != "" && to == 0 {
		return nil, p.noYear(t)
	}
	if from > to && to != 0 {
		return nil, wrong(t.start, t.end, "the years run backwards: %d is after %d", from, to).mend(fmt.Sprintf("%d..%d", to, from))
	}
	return Range{Field: "year", From: from, To: to}, nil
}

func (p *parser) noYear(t token) *fault {
	f := wrong(t.start, t.end, "“%s” is not a year; write 2014, 2010..2015, 2010.. or ..2015", t.text)
	if m := fromTo.FindStringSubmatch(t.text); m != nil {
		return f.mend(m[1] + ".." + m[2])
	}
	if m := comparing.FindStringSubmatch(t.text); m != nil {
		switch y := number(m[2]); m[1] {
		case ">=":
			return f.mend(m[2] + "..")
		case "<=":
			return f.mend(".." + m[2])
		case ">":
			return f.mend(fmt.Sprintf("%d..", y+1))
		default:
			return f.mend(fmt.Sprintf("..%d", y-1))
		}
	}
	if y := someYear.FindString(t.text); y != "" {
		return f.mend(y)
	}
	return f.replace(p.clauseStart(t), t.end, t.text)
}

// number reads at most four digits, 0 if there are none.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func (p *parser) date(t token) (Query, *fault) { return p.dayRange("date", t) }

// tagged reads "yes", "no" or days.
func (p *parser) tagged(t token) (Query, *fault) {
	if !someYear.MatchString(t.text) {
		q, f := oneOf("tagged", t)
		if f != nil && nearest(strings.ToLower(t.text), choices["tagged"]) == "" {
			f = wrong(t.start, t.end, "“tagged:” takes yes, no or when it was, such as 2026-01 or 2026-01..; “concept:” takes the concept").
				replace(p.clauseStart(t), t.end, Value("concept", t.text).String())
		}
		return q, f
	}
	return p.dayRange("tagged", t)
}

func (p *parser) dayRange(field string, t token) (Query, *fault) {
	left, right, ranges := strings.Cut(t.text, "..")
	if !ranges {
		right = left
	}
	from, _, f := p.days(t, left)
	if f != nil {
		return nil, f
	}
	_, to, f := p.days(t, right)
	if f != nil {
		return nil, f
	}
	switch {
	case from == 0 && to == 0:
		return nil, p.noDate(t, "")
	case from > to && to != 0:
		return nil, wrong(t.start, t.end, "the dates run backwards: %s is after %s", left, right).mend(right + ".." + left)
	}
	return Range{Field: field, From: from, To: to}, nil
}

var date = regexp.MustCompile(`^([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?$`)

// days returns the first and the last day of a year, a month or a day, 0 and 0
// for "". The days are numbers such as 20140327.
func (p *parser) days(t token, text string) (first, last int, f *fault) {
	if text == "" {
		return 0, 0, nil
	}
	m := date.FindStringSubmatch(text)
	if m == nil || number(m[1]) == 0 {
		return 0, 0, p.noDate(t, text)
	}
	year, month, day := number(m[1]), number(m[2]), number(m[3])
	length := 31
	if 1 <= month && month <= 12 {
		length = time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	}
	at := year * 10000
	switch {
	case m[2] == "":
		return at + 101, at + 1231, nil
	case month < 1 || month > 12:
		return 0, 0, p.insteadOf(t, text, m[1], "there is no month %d; write 2014, 2014-03 or 2014-03-27", month)
	case m[3] == "":
		return at + month*100 + 1, at + month*100 + length, nil
	case day < 1 || day > length:
		return 0, 0, p.insteadOf(t, text, fmt.Sprintf("%s-%02d-%02d", m[1], month, min(max(day, 1), length)),
			"this month has no day %d; it has %d days", day, length)
	}
	at += month*100 + day
	return at, at, nil
}

// insteadOf says what is wrong with the part of a date token that is text; with
// would be right.
func (p *parser) insteadOf(t token, text, with, format string, args ...any) *fault {
	return wrong(t.start, t.end, format, args...).mend(strings.Replace(t.text, text, with, 1))
}

var (
	parted   = regexp.MustCompile(`^([0-9]{4})[./–—]([0-9]{1,2})[./–—]([0-9]{1,2})$`)
	dayFirst = regexp.MustCompile(`^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})$`)
	compact  = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	compared = regexp.MustCompile(`^([<>]=?)([0-9]{4}[-0-9]*)$`)
)

// noDate says that the part of t that is text is no date; text is "" if there is
// no part.
func (p *parser) noDate(t token, text string) *fault {
	const reason = "“%s” is not a date; write 2014, 2014-03 or 2014-03-27, with .. from one to another"
	if m := fromTo.FindStringSubmatch(text); m != nil {
		return p.insteadOf(t, text, m[1]+".."+m[2], reason, t.text)
	}
	if m := parted.FindStringSubmatch(text); m != nil {
		return p.insteadOf(t, text, m[1]+"-"+m[2]+"-"+m[3], reason, t.text)
	}
	if m := compact.FindStringSubmatch(text); m != nil {
		return p.insteadOf(t, text, m[1]+"-"+m[2]+"-"+m[3], reason, t.text)
	}
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		return p.insteadOf(t, text, m[3]+"-"+m[2]+"-"+m[1], reason, t.text)
	}
	if m := compared.FindStringSubmatch(text); m != nil {
		first, last, f := p.days(t, m[2])
		if f != nil {
			return p.insteadOf(t, text, m[2], reason, t.text)
		}
		open := map[string]string{
			">=": m[2] + "..", ">": dayText(dayAfter(last, 1)) + "..", "<=": ".." + m[2], "<": ".." + dayText(dayAfter(first, -1)),
		}
		return p.insteadOf(t, text, open[m[1]], reason, t.text)
	}
	if y := someYear.FindString(text); y != "" {
		return p.insteadOf(t, text, y, reason, t.text)
	}
	return wrong(t.start, t.end, reason, t.text).replace(p.clauseStart(t), t.end, t.text)
}

// dayAfter returns the day that is some days after a day.
func dayAfter(day, days int) int {
	t := timeOf(day).AddDate(0, 0, days)
	return t.Year()*10000 + int(t.Month())*100 + t.Day()
}

// timeOf returns the day of a number such as 20140327.
func timeOf(day int) time.Time {
	return time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, time.UTC)
}

// dayText writes a day of a range as "2014-03-27", an open end as "".
func dayText(day int) string {
	if day == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", day/10000, day/100%100, day%100)
}

// yearText writes a year of a range, an open end as "".
func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}
