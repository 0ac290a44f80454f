package api

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

// Who may call a route.
type who int

const (
	anyone who = iota
	reader     // strangers only if the installation is open
	member     // whoever is signed in
	owner      // whoever is signed in, but not by an API token that may do less than they may
	editor     // whoever may import, say what is known of documents and edit synonyms
	administrator
)

// A handler answers a request that is valid by the contract and whose asker may
// make it. It writes an answer or returns an error, never both.
type handler func(c echo.Context, asker annotations.Asker) error

// A route is an operation of the contract.
type route struct {
	method string
	path   string // as in the contract
	who    who
	handle handler
}

func (s *Server) routes() []route {
	return []route{
		{"GET", "/api/status", reader, s.status},
		{"GET", "/api/openapi.yaml", reader, s.describe},

		{"GET", "/api/search", reader, s.search},
		{"GET", "/api/search/export", reader, s.exportSearch},
		{"GET", "/api/concordance", reader, s.concordance},
		{"GET", "/api/concordance/export", reader, s.exportConcordance},
		{"GET", "/api/lens", reader, s.lens},
		{"GET", "/api/lens/export", reader, s.exportLens},
		{"GET", "/api/explain", reader, s.explain},
		{"GET", "/api/complete", reader, s.complete},
		{"GET", "/api/opensearch-suggest", reader, s.suggestForBrowsers},
		{"GET", "/api/syntax", reader, s.syntax},
		{"GET", "/api/citations", reader, s.citations},
		{"GET", "/api/synonyms", reader, s.synonymsText},
		{"PUT", "/api/synonyms", editor, s.writeSynonyms},
		{"DELETE", "/api/synonyms", editor, s.resetSynonyms},

		{"GET", "/api/documents", reader, s.documents},
		{"GET", "/api/documents/{document}", reader, s.document},
		{"PATCH", "/api/documents/{document}", editor, s.editMetadata},
		{"GET", "/api/documents/{document}/metadata", reader, s.metadata},
		{"GET", "/api/documents/{document}/history", reader, s.metadataHistory},
		{"POST", "/api/documents/{document}/history/{number}/restore", editor, s.restoreMetadata},
		{"GET", "/api/parties", reader, s.parties},
		{"GET", "/api/documents/{document}/review", member, s.review},
		{"GET", "/api/versions/{version}", reader, s.version},
		{"PATCH", "/api/versions/{version}", editor, s.correctLanguage},
		{"GET", "/api/versions/{version}/matches", reader, s.matches},
		{"GET", "/api/versions/{version}/passages/{provision}", reader, s.passage},
		{"GET", "/api/versions/{version}/passages/{provision}/why", reader, s.why},
		{"GET", "/api/versions/{version}/references", reader, s.references},
		{"GET", "/api/versions/{version}/provisions/{provision}", reader, s.provision},
		{"GET", "/api/versions/{version}/provisions/{provision}/citations", reader, s.citationsOf},
		{"GET", "/api/versions/{version}/provisions/{provision}/counterparts", reader, s.counterparts},
		{"GET", "/api/versions/{version}/annotations", reader, s.margin},
		{"GET", "/api/versions/{version}/differences/{other}", reader, s.differences},
		{"GET", "/api/versions/{version}/parallel/{other}", reader, s.parallel},

		{"GET", "/api/compare", reader, s.compareProvisions},
		{"GET", "/api/matrix", reader, s.matrix},
		{"GET", "/api/matrix/cell", reader, s.matrixCell},
		{"GET", "/api/matrix/export", reader, s.exportMatrix},

		{"GET", "/api/annotations", reader, s.exportAnnotations},
		{"POST", "/api/annotations", member, s.createAnnotation},
		{"POST", intakePath, member, s.importAnnotations},
		{"GET", "/api/annotations/{annotation}", reader, s.annotation},
		{"PATCH", "/api/annotations/{annotation}", member, s.updateAnnotation},
		{"DELETE", "/api/annotations/{annotation}", member, s.deleteAnnotation},
		{"GET", "/api/annotations/{annotation}/history", reader, s.annotationHistory},
		{"POST", "/api/annotations/{annotation}/placements/{version}", member, s.reviewPlacement},
		{"POST", "/api/annotations/{annotation}/restore", member, s.restoreAnnotation},

		{"GET", "/api/trash", member, s.trash},
		{"GET", "/api/operations", member, s.operations},
		{"POST", "/api/operations/{operation}/undo", member, s.undo},
		{"POST", "/api/operations/{operation}/redo", member, s.redo},

		{"GET", "/api/codebook", reader, s.exportCodebook},
		{"POST", "/api/codebook", member, s.importCodebook},
		{"GET", "/api/concepts", reader, s.concepts},
		{"POST", "/api/concepts", member, s.createConcept},
		{"GET", "/api/concepts/{concept}/suggestions", reader, s.suggested},
		{"PUT", "/api/concepts/{concept}/rejections/{version}/{provision}", member, s.reject},
		{"DELETE", "/api/concepts/{concept}/rejections/{version}/{provision}", member, s.reconsider},
		{"GET", "/api/tagging", reader, s.tagging},
		{"POST", "/api/tagging", member, s.tagAll},

		{"GET", "/api/colleagues", member, s.colleagues},
		{"GET", "/api/rounds", member, s.rounds},
		{"POST", "/api/rounds", member, s.openRound},
		{"GET", "/api/rounds/{round}", member, s.round},
		{"PATCH", "/api/rounds/{round}", member, s.updateRound},
		{"DELETE", "/api/rounds/{round}", member, s.deleteRound},
		{"POST", "/api/rounds/{round}/finished", member, s.finishDocument},
		{"GET", "/api/rounds/{round}/agreement", member, s.agreement},
		{"GET", "/api/rounds/{round}/agreement/export", member, s.exportAgreement},
		{"GET", "/api/rounds/{round}/disagreements", member, s.disagreements},
		{"POST", "/api/rounds/{round}/decisions", member, s.adjudicate},
		{"DELETE", "/api/rounds/{round}/decisions/{decision}", member, s.takeBackDecision},
		{"GET", "/api/rounds/{round}/result", member, s.roundResult},
		{"GET", "/api/concepts/{concept}", reader, s.concept},
		{"PATCH", "/api/concepts/{concept}", member, s.updateConcept},
		{"GET", "/api/concepts/{concept}/history", reader, s.conceptHistory},
		{"GET", "/api/concepts/{concept}/annotations", reader, s.conceptAnnotations},
		{"POST", "/api/concepts/{concept}/merge", member, s.mergeConcept},
		{"POST", "/api/concepts/{concept}/split", member, s.splitConcept},
		{"PUT", "/api/concepts/{concept}/examples/{annotation}", member, s.addExample},
		{"DELETE", "/api/concepts/{concept}/examples/{annotation}", member, s.removeExample},

		{"GET", "/api/codebooks", reader, s.codebooks},
		{"POST", "/api/codebooks", member, s.createCodebook},
		{"PATCH", "/api/codebooks/{codebook}", member, s.updateCodebook},

		{"GET", "/api/searches", member, s.savedSearches},
		{"POST", "/api/searches", member, s.saveSearch},
		{"GET", "/api/searches/{search}", member, s.savedSearch},
		{"PUT", "/api/searches/{search}", member, s.updateSavedSearch},
		{"DELETE", "/api/searches/{search}", member, s.deleteSavedSearch},
		{"POST", "/api/searches/{search}/shares", member, s.share},
		{"DELETE", "/api/searches/{search}/shares/{share}", member, s.revokeShare},
		{"GET", "/api/shared/{token}", reader, s.sharedSearch},
		{"GET", "/s/{token}/feed.atom", reader, s.feed},
		{"GET", "/opensearch.xml", anyone, s.openSearch},

		{"GET", "/annotations/", reader, s.protocolContainer},
		{"POST", "/annotations/", member, s.createByProtocol},
		{"OPTIONS", "/annotations/", anyone, s.containerOptions},
		{"GET", "/annotations/documents/{document}/", reader, s.protocolContainer},
		{"OPTIONS", "/annotations/documents/{document}/", reader, s.containerOptions},
		{"GET", "/annotations/{annotation}", reader, s.protocolAnnotation},
		{"PUT", "/annotations/{annotation}", member, s.replaceByProtocol},
		{"DELETE", "/annotations/{annotation}", member, s.deleteByProtocol},
		{"OPTIONS", "/annotations/{annotation}", anyone, s.protocolOptions},

		{"GET", "/hypothesis/api/", anyone, s.hypothesisIndex},
		{"GET", "/hypothesis/api/links", anyone, s.hypothesisLinks},
		{"POST", "/hypothesis/api/token", anyone, s.hypothesisToken},
		{"GET", "/hypothesis/oauth/authorize", anyone, s.hypothesisAuthorize},
		{"POST", "/hypothesis/oauth/authorize", anyone, s.hypothesisAllow},
		{"POST", "/hypothesis/oauth/revoke", anyone, s.hypothesisRevoke},
		{"GET", "/hypothesis/api/profile", anyone, s.hypothesisProfile},
		{"PATCH", "/hypothesis/api/profile", member, s.hypothesisProfile},
		{"GET", "/hypothesis/api/profile/groups", anyone, s.hypothesisOwnGroups},
		{"GET", "/hypothesis/api/groups", anyone, s.hypothesisGroups},
		{"GET", "/hypothesis/api/groups/{group}", anyone, s.hypothesisGroup},
		{"GET", "/hypothesis/api/search", reader, s.hypothesisSearch},
		{"POST", "/hypothesis/api/annotations", member, s.createByHypothesis},
		{"GET", "/hypothesis/api/annotations/{annotation}", reader, s.hypothesisAnnotation},
		{"PATCH", "/hypothesis/api/annotations/{annotation}", member, s.updateByHypothesis},
		{"DELETE", "/hypothesis/api/annotations/{annotation}", member, s.deleteByHypothesis},
		{"PUT", "/hypothesis/api/annotations/{annotation}/flag", member, s.notDone},
		{"PUT", "/hypothesis/api/annotations/{annotation}/hide", member, s.notDone},
		{"DELETE", "/hypothesis/api/annotations/{annotation}/hide", member, s.notDone},
		{"GET", "/hypothesis/people/{user}", reader, s.hypothesisPerson},
		{"GET", "/hypothesis/app.html", anyone, s.hypothesisSidebar},
		{"GET", "/hypothesis/embed.js", anyone, s.hypothesisEmbed},
		{"GET", "/hypothesis/authorize.js", anyone, hypothesisFile("text/javascript; charset=utf-8", authorizeScript)},
		{"GET", "/hypothesis/page.css", anyone, hypothesisFile("text/css; charset=utf-8", hypothesisStyle)},

		{"GET", "/api/groups", member, s.userGroups},
		{"POST", "/api/groups", member, s.createGroup},
		{"GET", "/api/groups/{group}", member, s.group},
		{"PUT", "/api/groups/{group}", member, s.updateGroup},
		{"DELETE", "/api/groups/{group}", member, s.deleteGroup},
		{"POST", "/api/groups/{group}/restore", member, s.restoreGroup},
		{"PUT", "/api/groups/{group}/members/{user}", member, s.setGroupRole},
		{"DELETE", "/api/groups/{group}/members/{user}", member, s.removeMember},
		{"POST", "/api/groups/{group}/invitations", member, s.invite},
		{"DELETE", "/api/groups/{group}/invitations/{invitation}", member, s.revokeInvitation},
		{"GET", "/api/invitations/{token}", reader, s.invited},
		{"POST", "/api/invitations/{token}", member, s.join},
		{"PUT", "/api/defaults", member, s.setDefaults},
		{"POST", "/api/moves", member, s.moveAnnotations},
		{"POST", "/api/copies", member, s.copyAnnotations},

		{"POST", "/api/imports", editor, s.importFiles},

		{"GET", "/api/session", anyone, s.session},
		{"POST", "/api/session", anyone, s.signIn},
		{"DELETE", "/api/session", anyone, s.signOut},
		{"POST", "/api/session/passkey", anyone, s.signInByPasskey},
		{"POST", "/api/session/passkey/challenge", anyone, s.challengePasskey},
		{"POST", "/api/setup", anyone, s.setUp},
		{"POST", "/api/forgotten", anyone, s.forgotten},
		{"POST", "/api/mail/{token}", anyone, s.showMail},
		{"POST", "/api/openid", anyone, s.beginOpenID},
		{"GET", "/api/openid/callback", anyone, s.returnOpenID},

		{"PUT", "/api/account/password", owner, s.changePassword},
		{"POST", "/api/account/confirmation", owner, s.confirm},
		{"GET", "/api/account/passkeys", owner, s.passkeys},
		{"POST", "/api/account/passkeys", owner, s.addPasskey},
		{"POST", "/api/account/passkeys/challenge", owner, s.challengeNewPasskey},
		{"PATCH", "/api/account/passkeys/{passkey}", owner, s.renamePasskey},
		{"DELETE", "/api/account/passkeys/{passkey}", owner, s.removePasskey},
		{"GET", "/api/account/sessions", owner, s.ownSessions},
		{"DELETE", "/api/account/sessions", owner, s.endOtherSessions},
		{"DELETE", "/api/account/sessions/{session}", owner, s.endSession},
		{"GET", "/api/account/tokens", owner, s.tokens},
		{"POST", "/api/account/tokens", owner, s.createToken},
		{"DELETE", "/api/account/tokens/{token}", owner, s.revokeToken},
		{"GET", "/api/account/mail", owner, s.mailbox},
		{"PUT", "/api/account/mail", owner, s.setMailbox},
		{"GET", "/api/account/identities", owner, s.identities},
		{"POST", "/api/account/identities", owner, s.connectOpenID},
		{"DELETE", "/api/account/identities/{identity}", owner, s.disconnectIdentity},

		{"GET", "/api/people", administrator, s.people},
		{"PATCH", "/api/people/{user}", administrator, s.updatePerson},
		{"POST", "/api/people/{user}/reset", administrator, s.resetPassword},
		{"POST", "/api/people/invitations", administrator, s.invitePerson},
		{"DELETE", "/api/people/links/{link}", administrator, s.revokeEntry},
		{"GET", "/api/entry/{token}", anyone, s.entry},
		{"POST", "/api/entry/{token}", anyone, s.enter},

		{"GET", "/api/audit", administrator, s.audit},
		{"GET", "/api/audit/export", administrator, s.exportAudit},
	}
}

// intakePath is where annotations come in by the hundred thousand.
const intakePath = "/api/annotations/import"

var inBraces = regexp.MustCompile(`\{(\w+)\}`)

// register makes the routes known to echo. What can be got can be asked for by
// HEAD, too. Routes and operations of the contract must be the same.
func (s *Server) register(routes []route) error {
	for _, r := range routes {
		operation, err := s.contract.operation(r.method, r.path)
		if err != nil {
			return err
		}
		path := inBraces.ReplaceAllString(r.path, ":$1")
		handle := s.guarded(r, operation)
		s.echo.Add(r.method, path, handle)
		if r.method == http.MethodGet {
			s.echo.Add(http.MethodHead, path, handle)
		}
	}
	if n := s.contract.operations(); n != len(routes) {
		return fmt.Errorf("api: openapi.yaml has %d operations, the route table %d", n, len(routes))
	}
	return nil
}

// guarded returns the handler of r behind everything a request must pass: who
// asks, whether they may, and whether the request is valid.
func (s *Server) guarded(r route, o *operation) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := unescapeParams(c); err != nil {
			return err
		}
		asker, err := s.asker(c)
		if err != nil {
			return err
		}
		if err := s.may(asker, r.who, c.Request().Method); err != nil {
			return err
		}
		if searching[r.path] {
			if err := s.maySearch(c, asker); err != nil {
				return err
			}
		}
		limit := int64(maxBody)
		if o.multipart {
			limit = maxImport
		}
		if r.path == intakePath {
			limit = maxIntake
		}
		c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, limit)
		if err := o.check(c); err != nil {
			return err
		}
		if err := r.handle(c, asker); err != nil {
			return err
		}
		if isExport(r) && c.Response().Status == http.StatusOK {
			s.recordExport(c, asker, r)
		}
		return nil
	}
}

// Bounds of a request's body in bytes.
const (
	maxBody   = 1 << 20
	maxImport = 64 << 20
	maxIntake = 512 << 20
)

// unescapeParams makes the path parameters plain text; echo leaves them as they
// came if the path was escaped in an unusual way.
func unescapeParams(c echo.Context) error {
	if c.Request().URL.RawPath == "" {
		return nil
	}
	values := c.ParamValues()
	for i, value := range values {
		plain, err := url.PathUnescape(value)
		if err != nil {
			return fmt.Errorf("%w: the path %q is not escaped correctly", errRequest, value)
		}
		values[i] = plain
	}
	c.SetParamValues(values...)
	return nil
}
