package api

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

// The browser client of Hypothesis is not part of Glossator: an operator who
// wants it says where its files are. Then a page embeds it with the script
// /hypothesis/embed.js, and its sidebar is /hypothesis/app.html.

// clientConfig is what the client reads from a page.
func (s *Server) clientConfig(c echo.Context) ([]byte, error) {
	site := s.site(c) + hypothesisPath
	return json.Marshal(map[string]any{
		"assetRoot":      s.HypothesisClient,
		"sidebarAppUrl":  site + "app.html",
		"notebookAppUrl": site + "app.html",
		"profileAppUrl":  site + "app.html",
		"apiUrl":         s.site(c) + hypothesisAPI,
		"authDomain":     hypothesisAuthority,
		"oauthClientId":  hypothesisAuthority,
	})
}

var errNoClient = fmt.Errorf("%w: where the files of the Hypothesis client are is not known; start Glossator with --hypothesis-client", errNotFound)

var sidebarTemplate = template.Must(template.New("sidebar").Parse(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Annotations</title>
    <script type="application/json" class="js-hypothesis-config">{{.Config}}</script>
  </head>
  <body>
    <hypothesis-app></hypothesis-app>
    <script src="{{.Client}}build/boot.js"></script>
  </body>
</html>
`))

// hypothesisSidebar is the page in which the client's sidebar runs. It may be
// framed by any page: it shows and does only what the client's token allows.
func (s *Server) hypothesisSidebar(c echo.Context, _ annotations.Asker) error {
	if s.HypothesisClient == "" {
		return errNoClient
	}
	config, err := s.clientConfig(c)
	if err != nil {
		return err
	}
	var page strings.Builder
	err = sidebarTemplate.Execute(&page, map[string]any{"Config": template.JS(config), "Client": s.HypothesisClient}) //nolint:gosec // it is JSON of ours
	if err != nil {
		return fmt.Errorf("writing the page of the sidebar: %w", err)
	}
	client, _, _ := splitAddress(s.HypothesisClient)
	c.Response().Header().Del("X-Frame-Options") // it is shown in others' pages
	c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; script-src "+client+"; style-src "+client+" 'unsafe-inline'; "+
		"font-src "+client+" data:; img-src https: data: "+client+"; connect-src 'self' "+client+"; form-action 'none'; base-uri 'none'")
	return c.HTML(http.StatusOK, page.String())
}

// clientFolder returns the address of the folder with the client's files, which
// ends with a slash; nothing if none is given.
func clientFolder(given string) (string, error) {
	if given == "" {
		return "", nil
	}
	if _, _, ok := splitAddress(given); !ok {
		return "", fmt.Errorf("api: %q is not the address of the folder of the Hypothesis client, such as https://files.example.org/client/", given)
	}
	return strings.TrimSuffix(given, "/") + "/", nil
}

// hypothesisEmbed is the script with which a page embeds the client.
func (s *Server) hypothesisEmbed(c echo.Context, _ annotations.Asker) error {
	if s.HypothesisClient == "" {
		return errNoClient
	}
	config, err := s.clientConfig(c)
	if err != nil {
		return err
	}
	text, err := json.Marshal(string(config))
	if err != nil {
		return err
	}
	boot, err := json.Marshal(s.HypothesisClient + "build/boot.js")
	if err != nil {
		return err
	}
	script := fmt.Sprintf(`(() => {
  const add = (set) => document.head.append(Object.assign(document.createElement("script"), set));
  add({ type: "application/json", className: "js-hypothesis-config", textContent: %s });
  add({ src: %s });
})();
`, text, boot)
	return send(c, http.StatusOK, "text/javascript; charset=utf-8", []byte(script))
}

// hypothesisFile answers with a file of the window in which people sign in.
func hypothesisFile(contentType string, content []byte) handler {
	return func(c echo.Context, _ annotations.Asker) error { return send(c, http.StatusOK, contentType, content) }
}

// readerPolicy is the policy of the reader's pages where the client may be
// embedded in them.
func (s *Server) readerPolicy() string {
	client, _, _ := splitAddress(s.HypothesisClient)
	return strings.NewReplacer(
		"script-src 'self'", "script-src 'self' "+client,
		"style-src 'self'", "style-src 'self' "+client+" 'unsafe-inline'",
		"font-src 'self'", "font-src 'self' "+client,
		"connect-src 'self'", "frame-src 'self'; connect-src 'self' "+client,
		noMarkup, "",
	).Replace(s.policy)
}
