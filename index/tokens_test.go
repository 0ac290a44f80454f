package index

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		" —, ":                      "",
		"The Parties":               "The|the Parties|parties",
		"G-10, art. 1 bis":          "G|g 10 art 1 bis",
		"l'État d’accord":           "l État|état d accord",
		"9(2)(a) 1,000 3.5":         "9 2 a 1 000 3 5",
		"§ 5, §5 and 10%":           "§ 5 § 5 and 10 %",
		"5 € or US$5, № 3, ¶ 2, °":  "5 € or US|us $ 5 №|no 3 ¶ 2 °",
		"信息an安全":                    "信 息 an 安 全",
		"ﬁsh ＡＢ１２ 5％":               "ﬁsh|fish ＡＢ１２|ab12 5 ％|%",
		"c\u0327a Ça":               "c\u0327a|ça Ça|ça",
		"ко\u00adопе\u200bрация":    "ко\u00adопе\u200bрация|кооперация",
		"co\u00adop\u00ad\n\u00ada": "co\u00adop|coop a",
		"e\u2060\ufeffU\u200d":      "e\u2060\ufeffU|eu",
		"信\u200b息":                  "信 息",
	} {
		var got []string
		for token := range Tokens(text) {
			written := string([]rune(text)[token.Start:token.End])
			if written != token.Term {
				written += "|" + token.Term
			}
			got = append(got, written)
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("Tokens(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestJoined(t *testing.T) {
	for text, want := range map[string]string{
		"Co-operation":            "[cooperation ]",
		"co\u2010op co\u2011op":   "[coop  coop ]",
		"co--op co -op co- op":    "[     ]",
		"co–op co-\nop":           "[   ]",
		"G-10 10-G A-Z":           "[    az ]",
		"state-of-the-art":        "[stateof ofthe theart ]",
		"e-Courrier de l'e-mail-": "[ecourrier    email ]",
		"网-络 a-网 网-a":             "[     ]",
		"co-ope\u00adra":          "[coopera ]",
		"кибер-атака":             "[кибератака ]",
		"$-a a-§":                 "[   ]",
	} {
		joined := []string{}
		for token := range Tokens(text) {
			joined = append(joined, token.Joined)
		}
		if got := fmt.Sprint(joined); got != want {
			t.Errorf("the joined words of %q are %q, want %q", text, got, want)
		}
	}
}

func TestTokensStop(t *testing.T) {
	seen := 0
	for token := range Tokens("one two three") {
		if seen++; token.Term == "two" {
			break
		}
	}
	if seen != 2 {
		t.Errorf("%d words come before one stops at the second", seen)
	}
}

func BenchmarkTokens(b *testing.B) {
	for name, text := range map[string]string{
		"English": strings.Repeat("Each Party shall adopt the measures that Article 9(2)(a) asks for, in good time. ", 100),
		"French":  strings.Repeat("Chaque Partie adopte, dès que possible, les mesures prévues à l’article 9. ", 100),
		"Russian": strings.Repeat("Каждая Сторона принимает меры, указанные в статье 9, без промедления. ", 100),
		"Chinese": strings.Repeat("各缔约方应当及时采取第九条所要求的措施。", 100),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for range Tokens(text) {
				}
			}
		})
	}
}
