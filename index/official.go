package index

import (
	"regexp"
	"strings"
)

// Official numbers, as they begin a folded name. Treaties of the Council of
// Europe are counted through, whatever the series is called: "ETS No. 185",
// "CETS 189", "STE n° 185", "SEV Nr. 185". Resolutions of the General Assembly
// are "A/RES/79/243", "GA res. 79/243", "resolution 217 A (III)"; of the Security
// Council "S/RES/1373 (2001)". Acts of the European Union are
// "(EU) 2016/679", "Directive 2016/680", "Regulation (EU) No 910/2014", "95/46/EC".
var (
	councilNumber  = regexp.MustCompile(`^(?:c?ets|stce?|ste|sev)[\s.,:-]*(?:(?:number|no|nr|n)\b)?[\s.:°-]*0*(\d{1,3})\b`)
	assemblyNumber = regexp.MustCompile(
		`^(?:un )?(?:(?:general assembly|unga|ga|a)[\s/]*)?res(?:olution)?[\s./]*(?:(?:no|nr)\b[\s.]*)?(\d{1,3}/\d{1,3}|\d{1,4}\s?[a-z]?\s?\([ivxl]+\))`)
	securityNumber = regexp.MustCompile(`^(?:un )?(?:(?:security council|unsc|sc)\s|s/)\s?res(?:olution)?[\s./]*(\d{3,4})\b(?:\s?\((?:19|20)\d\d\))?`)
	unionNumber    = regexp.MustCompile(
		`^(?:(regulation|reglement|verordnung|reglamento|regolamento|regulamento|verordening|` +
			`directive|richtlinie|directiva|direttiva|diretiva|richtlijn|` +
			`(?:framework )?decision|beschluss|decisione|decisao|besluit)\s)?` +
			`\s*(\(?(?:eu|ec|eec|ue|ce|cee|eg|ewg)\)?)?[\s,]*(?:(?:no|nr|n)\b)?[\s.]*(\d{2,4}/\d{1,4})(/(?:eu|ec|eec|ue|ce|cee|eg|ewg|jha))?`)
	bareUnited = regexp.MustCompile(`^(\d{1,3}/\d{1,3})$`)
)

// goesOn matches what may stand after the number in a title: "on measures …".
var goesOn = regexp.MustCompile(`^\s*(?:$|[,(]|(?:on|of|concerning|amending|as|du|vom|zur|de|del|relativ\w*)\b)`)

// acts are the kinds of act of the European Union, each in its languages.
var acts = map[string]string{
	"regulation": "r", "reglement": "r", "verordnung": "r", "reglamento": "r", "regolamento": "r", "regulamento": "r", "verordening": "r",
	"directive": "d", "richtlinie": "d", "directiva": "d", "direttiva": "d", "diretiva": "d", "richtlijn": "d",
}

// officialNumber returns the number that a name begins with, in a form in which
// equal numbers are equal, and for an act of the European Union what sort of act
// the name says it is, "" if it does not say. ok is false if the name does not
// begin with an official number or is not the name of what is so numbered.
func officialNumber(name string) (number, act string, ok bool) {
	number, act, rest, ok := leadingNumber(name)
	return number, act, ok && (goesOn.MatchString(rest))
}

// leadingNumber is officialNumber for a name that stands in a text, where
// anything may follow; rest is what does, folded.
func leadingNumber(name string) (number, act, rest string, ok bool) {
	if !strings.ContainsAny(name, "0123456789") {
		return "", "", "", false
	}
	text := strings.TrimSpace(fold(numeroSign.Replace(name)))
	if m := councilNumber.FindStringSubmatch(text); m != nil {
		return "ets:" + m[1], "", text[len(m[0]):], true
	}
	if m := assemblyNumber.FindStringSubmatch(text); m != nil {
		return "ares:" + session(m[1]), "", text[len(m[0]):], true
	}
	if m := securityNumber.FindStringSubmatch(text); m != nil {
		return "sres:" + m[1], "", text[len(m[0]):], true
	}
	if m := unionNumber.FindStringSubmatch(text); m != nil {
		act := acts[m[1]]
		if m[1] != "" && act == "" {
			act = "x"
		}
		return "eu:" + m[3], act, text[len(m[0]):], true
	}
	if m := bareUnited.FindStringSubmatch(text); m != nil {
		return "eu:" + m[1], "", "", true
	}
	return "", "", "", false
}

// numeroSign writes the signs for "number" as words.
var numeroSign = strings.NewReplacer("№", "no ", "º", "", "°", "")

// session brings "217 A (III)" and "217(III)" to one form.
func session(number string) string {
	before, roman, found := strings.Cut(number, "(")
	if !found {
		return number
	}
	return strings.TrimRight(strings.TrimSpace(before), " abcdefgh") + "(" + roman
}
