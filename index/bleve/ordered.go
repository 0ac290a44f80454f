package bleve

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/zapx/v17"
)

// An ordered plugin makes Bleve's segments of passages in the order of their
// ids, so that those of a version stand side by side: Bleve itself takes a batch
// in the order of a map. Merging keeps the order.
type ordered struct{ *zap.ZapPlugin }

func init() { scorch.RegisterSegmentPlugin(ordered{&zap.ZapPlugin{}}, true) }

func (o ordered) New(passages []api.Document) (segment.Segment, uint64, error) {
	return o.NewUsing(passages, nil)
}

func (o ordered) NewUsing(passages []api.Document, config map[string]any) (segment.Segment, uint64, error) {
	slices.SortFunc(passages, func(a, b api.Document) int { return strings.Compare(a.ID(), b.ID()) })
	return o.ZapPlugin.NewUsing(passages, config)
}
