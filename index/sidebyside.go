package index

import "math"

// The costs of pairing stretches by their lengths are those of Gale and Church,
// "A Program for Aligning Sentences in Bilingual Corpora" (Computational
// Linguistics 19, 1993): how unlikely it is that one is the translation of the
// other, as the negative logarithm of the probability.
const (
	lengthVariance = 6.8 // of the length of a translation, for each letter
	pairCost       = 0.12
	loneCost       = 4.6
	otherKind      = 10.0 // a paragraph beside a point: more than what two lone ones cost
	mostPairings   = 250_000
)

// gap pairs as[i:iEnd] with bs[j:jEnd] in order, at the least cost. Where there
// are more than mostPairings ways to look at, none are paired.
func (p *parallel) gap(i, iEnd, j, jEnd int) {
	rows, columns := iEnd-i+1, jEnd-j+1
	if rows*columns > mostPairings {
		p.lone(i, iEnd, j, jEnd)
		return
	}
	cost := make([]float64, rows*columns) // of what comes from there on
	for r := rows - 1; r >= 0; r-- {
		for c := columns - 1; c >= 0; c-- {
			best := math.Inf(1)
			if r == rows-1 && c == columns-1 {
				best = 0
			}
			if r < rows-1 {
				best = min(best, loneCost+cost[(r+1)*columns+c])
			}
			if c < columns-1 {
				best = min(best, loneCost+cost[r*columns+c+1])
			}
			if r < rows-1 && c < columns-1 {
				best = min(best, p.cost(i+r, j+c)+cost[(r+1)*columns+c+1])
			}
			cost[r*columns+c] = best
		}
	}
	for r, c := 0, 0; r < rows-1 || c < columns-1; {
		here := cost[r*columns+c]
		switch {
		case r < rows-1 && c < columns-1 && here == p.cost(i+r, j+c)+cost[(r+1)*columns+c+1]:
			p.rows = append(p.rows, Pairing{&p.as[i+r], &p.bs[j+c]})
			r, c = r+1, c+1
		case r < rows-1 && here == loneCost+cost[(r+1)*columns+c]:
			p.lone(i+r, i+r+1, 0, 0)
			r++
		default:
			p.lone(0, 0, j+c, j+c+1)
			c++
		}
	}
}

func (p *parallel) lone(i, iEnd, j, jEnd int) {
	for k := i; k < iEnd; k++ {
		p.rows = append(p.rows, Pairing{A: &p.as[k]})
	}
	for k := j; k < jEnd; k++ {
		p.rows = append(p.rows, Pairing{B: &p.bs[k]})
	}
}

// cost returns what it costs to pair two stretches.
func (p *parallel) cost(i, j int) float64 {
	a, b := p.as[i], p.bs[j]
	mean := float64(a.End-a.Start)*p.ratio/2 + float64(b.End-b.Start)/2
	apart := math.Abs(float64(b.End-b.Start)-float64(a.End-a.Start)*p.ratio) / math.Sqrt(mean*lengthVariance*max(1, p.ratio))
	cost := pairCost - math.Log(max(math.Erfc(apart/math.Sqrt2), 1e-6))
	if p.a.Provisions[a.Provision].Kind != p.b.Provisions[b.Provision].Kind {
		cost += otherKind
	}
	return cost
}
