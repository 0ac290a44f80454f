package index

import "strings"

// Abbreviations of the languages of agreements, in lower case and without their
// last stop. Those of one letter, and most with stops inside, need no table.
var (
	// abbreviations never end a sentence; "etc." and its like may.
	abbreviations = setOf(`
		mr mrs ms dr prof st messrs hon rev mt ft lt col
		cf viz vs ibid op cit al approx esp incl excl suppl resp ed eds doc docs ref refs res govt dept univ intl
		sr sra sres srta dra jr ud uds ee uu ej aprox excmo excma ilmo
		mme mlle ex env éd suiv
		bzw vgl ggf gem sog evtl ca zzgl einschl betr bes ebd entspr insb insbes inkl hrsg ivm
		cfr sig dott avv
		exa exmo
		bijv jo mevr dhr enz
		им напр см ср прим ред изд пер ул гос тыс млн млрд`)

	// beforeNumber do not end a sentence before a number: "No. 5", but "it is no."
	beforeNumber = setOf(`
		art arts artt no nos nr nrs nrn núm núms num para paras par parr párr párrs pp pag pág págs pagg
		vol vols ch chs chap chaps cap caps sec secs sect sects subpara subparas subsec cl cls reg regs pt pts
		fig figs tab ann app rec recs dec dir bd bde abs ziff lit lett buchst kap apdo inc tít tit blz hfdst co rn rdnr nn ss ff
		jan feb febr mar apr jun jul aug sep sept oct nov
		ст пп гл разд абз стр тт рис табл подп`)

	// endings may end a sentence although they have stops inside.
	endings = setOf(`т.д т.п u.s.w`)

	// ordinals are the German words before a day or an ordinal, "am 5. Mai".
	ordinals = setOf(`am der die das dem den des vom zum zur im bis und oder beim`)
)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
