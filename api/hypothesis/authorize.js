// Tells the client that opened this window what was decided in it.
(() => {
  const tell = ({ dataset }, message) => {
    window.opener?.postMessage({ state: dataset.state, ...message }, dataset.origin);
    window.close();
  };
  const done = document.getElementById("done");
  if (done) tell(done, { type: "authorization_response", code: done.dataset.code });
  document.getElementById("cancel")?.addEventListener("click", () => {
    tell(document.querySelector("form"), { type: "authorization_canceled" });
  });
})();
