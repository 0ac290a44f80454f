package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// passages are sentences of the test in languages of which there is no corpus,
// or that are neighbours of one that there is.
var passages = map[string]string{
	"pt": "As Partes comprometem-se a cooperar entre si, nos termos do presente acordo, para que não se cometam crimes contra a segurança das redes. Cada Parte adota as medidas que são necessárias e informa a outra sem demora sobre os pedidos que foram feitos pelas suas autoridades.",
	"ru": "Стороны сотрудничают друг с другом в целях обеспечения безопасности сетей и не допускают, чтобы их территория использовалась для нанесения ущерба. Каждая Сторона принимает меры, которые являются необходимыми, и сообщает о них другой Стороне без промедления.",
	"uk": "Сторони співпрацюють між собою для забезпечення безпеки мереж і не допускають, щоб їхня територія використовувалася для завдання шкоди. Кожна Сторона вживає заходів, які є необхідними, та повідомляє про них іншій Стороні без зволікання.",
	"bg": "Страните си сътрудничат за сигурността на мрежите и не допускат тяхната територия да се използва за причиняване на вреди. Всяка страна предприема мерките, които са необходими, и уведомява другата страна без забавяне.",
	"ar": "تتعاون الأطراف فيما بينها من أجل ضمان أمن الشبكات ولا تسمح باستخدام أراضيها لإلحاق الضرر بأي طرف. ويتخذ كل طرف التدابير التي تكون ضرورية ويبلغ الطرف الآخر عن الطلبات التي قدمتها سلطاته إلى هذا الطرف.",
	"fa": "طرف ها برای تأمین امنیت شبکه ها با یکدیگر همکاری می کنند و اجازه نمی دهند که از سرزمین آن ها برای آسیب رساندن استفاده شود. هر طرف اقداماتی را که لازم است انجام می دهد و طرف دیگر را از آن آگاه می کند.",
	"ca": "Les parts cooperen entre elles per garantir la seguretat de les xarxes i no permeten que el seu territori s'utilitzi per fer mal als altres. Cada part pren les mesures que són necessàries i n'informa l'altra sense demora, amb tots els documents que hagi rebut de les seves autoritats.",
	"da": "Parterne samarbejder om at sikre nettenes sikkerhed og tillader ikke, at deres område bliver brugt til at skade andre. Hver part træffer de foranstaltninger, som er nødvendige, og underretter den anden part om anmodninger, der er fremsat af myndighederne.",
	"sv": "Parterna samarbetar för att trygga nätens säkerhet och tillåter inte att deras område används för att skada andra. Varje part vidtar de åtgärder som är nödvändiga och underrättar den andra parten om de framställningar som har gjorts av myndigheterna.",
	"pl": "Strony współpracują ze sobą w celu zapewnienia bezpieczeństwa sieci i nie pozwalają, aby ich terytorium było wykorzystywane do wyrządzania szkody. Każda ze Stron podejmuje środki, które są niezbędne, oraz informuje o nich drugą Stronę bez zwłoki.",
	"ro": "Părțile cooperează între ele pentru a asigura securitatea rețelelor și nu permit ca teritoriul lor să fie folosit pentru a aduce prejudicii. Fiecare parte ia măsurile care sunt necesare și informează cealaltă parte fără întârziere.",
	"tr": "Taraflar ağların güvenliğini sağlamak için birbirleriyle işbirliği yapar ve topraklarının zarar vermek için kullanılmasına izin vermez. Her taraf gerekli olan tedbirleri alır ve diğer tarafı bu konuda gecikmeden bilgilendirir.",
	"zh": "缔约各方应当相互合作，以保障网络安全，不允许利用其领土对他国造成损害。每一方应当采取必要的措施，并且及时通知对方其机关提出的请求。各国对于这些义务负有责任。",
	"ja": "締約国は、ネットワークの安全を確保するために相互に協力し、自国の領域が他国に損害を与えるために使用されることを許さない。",
	"it": "Le Parti cooperano tra loro per garantire la sicurezza delle reti e non permettono che il loro territorio sia usato per recare danno. Ogni Parte adotta le misure che sono necessarie e informa l'altra senza ritardo delle richieste fatte dalle proprie autorità.",
	"gl": "As Partes cooperan entre elas para garantir a seguridade das redes e non permiten que o seu territorio se use para facer dano ás outras. Cada Parte adopta as medidas que son necesarias e informa a outra sen demora, cunha copia de todas as peticións das súas autoridades.",
}

func TestDetectLanguage(t *testing.T) {
	for want, text := range passages {
		if got := detectLanguage(text); got != want {
			t.Errorf("%s is taken for %s", want, got)
		}
		first := firstRunes(text, 200)
		if got := detectLanguage(first); got != want {
			t.Errorf("the first 200 characters of %s are taken for %s", want, got)
		}
	}
	for text, want := range map[string]string{"": "en", "42 % (2001)": "en", "Xyzzy": "en"} {
		if got := detectLanguage(text); got != want {
			t.Errorf("%q is taken for %s", text, got)
		}
	}
}

func firstRunes(text string, n int) string {
	runes := []rune(text)
	return string(runes[:min(n, len(runes))])
}

// measured are texts of the corpora by language; a language is not read off their
// names but written here, for they were looked at.
var measured = map[string][]string{
	"en":      {"cyber/coe-ets185-budapest-convention.en.md", "cyber/eu-nis2.en.md", "cyber/un-charter.en.md", "cyber/paris-call-2018.en.md", "messy/un-crpd-2006.en.txt"},
	"fr":      {"cyber/eu-gdpr.fr.md", "cyber/paris-call-2018.fr.md", "cyber/au-african-charter.fr.md"},
	"de":      {"cyber/coe-ets185-budapest-convention.de.md"},
	"nl":      {"cyber/coe-ets185-budapest-convention.nl.md"},
	"zh-Hant": {"cyber/un-charter.zh-Hant.md"},
	"es":      {"tota/*"},
	"it":      {"akn/akn-sample-it-senato-ddl-2013.akn.xml"},
}

// TestLanguageMeasure prints how many passages of 200 and of 1,000 characters of
// the corpora are taken for what they are, and holds floors.
func TestLanguageMeasure(t *testing.T) {
	floors := map[int]float64{200: 0.99, 1000: 0.995}
	for _, size := range []int{200, 1000} {
		right, all := 0, 0
		for _, language := range slices.Sorted(mapKeys(measured)) {
			ok, n, wrong := 0, 0, map[string]int{}
			for _, text := range textsIn(t, language) {
				for _, passage := range cut(text, size) {
					n++
					got := detectLanguage(passage)
					if got == language {
						ok++
						continue
					}
					wrong[got]++
				}
			}
			if n == 0 {
				t.Errorf("there is no text in %s", language)
				continue
			}
			t.Logf("%4d characters  %-8s %5d of %5d  %.2f %%  %v", size, language, ok, n, 100*float64(ok)/float64(n), wrong)
			right, all = right+ok, all+n
			if share := float64(ok) / float64(n); share < floors[size]-0.02 {
				t.Errorf("%.4f of the passages of %d characters in %s are right", share, size, language)
			}
		}
		share := float64(right) / float64(max(all, 1))
		t.Logf("%4d characters  all      %5d of %5d  %.2f %%", size, right, all, 100*share)
		if share < floors[size] {
			t.Errorf("%.4f of the passages of %d characters are right, want %.4f", share, size, floors[size])
		}
	}
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// textsIn returns the texts of the corpora in a language.
func textsIn(t *testing.T, language string) []string {
	t.Helper()
	const enough = 8
	var texts []string
	for _, name := range measured[language] {
		folder, pattern, _ := strings.Cut(name, "/")
		paths, err := filepath.Glob(filepath.Join(corpus(t, folder), pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if len(texts) == enough {
				return texts
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if folder == "tota" && !strings.Contains(string(data), fmt.Sprintf("<language>%s</language>", language)) {
				continue
			}
			_, versions, err := Parse(filepath.Base(path), data, Metadata{Language: language})
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, versions[0].Text)
		}
	}
	return texts
}

// cut returns passages of running text, each of so many characters. Tables of
// tariffs and lists of names have no language.
func cut(text string, size int) []string {
	var passages []string
	runes := []rune(text)
	for len(runes) >= size && len(passages) < 400 {
		passage := string(runes[:size])
		runes = runes[size:]
		if digits := strings.Count(passage, ".") + strings.Count(passage, "\n") + countDigits(passage); digits < size/12 {
			passages = append(passages, passage)
		}
	}
	return passages
}

func countDigits(text string) (n int) {
	for _, r := range text {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}
