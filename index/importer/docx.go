package importer

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"

	"glossator/index"
)

// DOCX is Office Open XML (ISO/IEC 29500, part 1, chapter 17): a ZIP archive
// with the body, the styles, the numbering, the notes and the comments in parts
// of their own. Both its strict and its transitional names are understood.

func sniffDOCX(s source) bool {
	if !bytes.HasPrefix(s.data, []byte(zipMagic)) {
		return false
	}
	switch strings.ToLower(filepath.Ext(s.name)) {
	case ".docx", ".docm", ".dotx", ".dotm":
		return true
	}
	return bytes.Contains(s.data, []byte("word/document.xml"))
}

// parseDOCX reads the body of a document as it is printed: with the numbers of
// its lists, its notes after the paragraphs that bear them, text boxes after
// the paragraph they are anchored in, and without the heads and feet of its
// pages. What is proposed by tracked changes is taken as accepted.
func parseDOCX(s source) (index.Document, []draft, error) {
	said := index.Document{}
	archive, err := openArchive(s.data)
	if err != nil {
		return said, nil, err
	}
	main, err := archive.mainPart()
	if err != nil {
		return said, nil, err
	}
	r := docxReader{archive: archive, comments: map[string]*comment{}}
	folder := path.Dir(main)
	for _, step := range []struct {
		part string
		read func(*xmlPart) error
	}{
		{path.Join(folder, "styles.xml"), r.readStyles},
		{path.Join(folder, "numbering.xml"), r.readNumbering},
		{path.Join(folder, "comments.xml"), r.readComments},
		{path.Join(folder, "footnotes.xml"), r.readNotes},
		{path.Join(folder, "endnotes.xml"), r.readNotes},
		{main, r.readBody},
	} {
		if err := archive.read(step.part, step.read); err != nil {
			return said, nil, err
		}
	}
	properties, err := archive.properties()
	if err != nil {
		return said, nil, err
	}
	r.markTitle()
	built := segment(r.pieces)
	if built.title == "" {
		said.Title = properties.title
	}
	return said, []draft{{
		language: firstNonEmpty(properties.language, r.language), title: built.title, segmenter: built,
		remarks: r.remarks(), comments: r.anchored(),
	}}, nil
}

// markTitle marks the title of a document whose styles do not tell.
func (r *docxReader) markTitle() {
	for _, p := range r.pieces[:min(len(r.pieces), titleLines)] {
		if p.level > 0 && p.level < boldLevel {
			if _, found := recognise(p); !found && p.level == 1 {
				return
			}
			break
		}
	}
	markTitle(r.pieces)
}

// properties are what the parts docProps/core.xml says of the document: the
// Dublin Core title and language.
type properties struct{ title, language string }

func (a *archive) properties() (found properties, err error) {
	err = a.read("docProps/core.xml", func(p *xmlPart) error {
		return p.each(func(xmlStart) error {
			return p.each(func(start xmlStart) error {
				text, err := p.text()
				switch start.Name.Local {
				case "title":
					found.title = squeeze(text)
				case "language":
					found.language = languageTag(text)
				}
				return err
			})
		})
	})
	return found, err
}

// languageTag returns the language of a tag without its region, "" for what
// does not look like a tag: Word writes "en-US" for nearly every text, so that
// a region says nothing. The script of Chinese is kept.
func languageTag(tag string) string {
	tag = strings.TrimSpace(tag)
	switch strings.ToLower(tag) {
	case "zh-tw", "zh-hk", "zh-mo", "zh-hant":
		return "zh-Hant"
	}
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if len(language) != 2 && len(language) != 3 || strings.Trim(language, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return language
}
