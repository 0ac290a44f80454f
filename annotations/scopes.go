package annotations

// Scopes of an API token, from least to most.
const (
	ScopeRead       = "read"       // reads what its owner may read
	ScopeAnnotate   = "annotate"   // and annotates, saves searches and works in groups as a member does
	ScopeEverything = "everything" // and does all that its owner may do
)

// Within returns the asker as one who asks by an API token of a scope: with less
// than everything they are a member like others, whatever their role.
func (a Asker) Within(scope string) Asker {
	a.Scope = scope
	if scope != ScopeEverything && a.SignedIn() {
		a.Role = Member
	}
	return a
}

// MayWrite reports whether how the asker came lets them change anything.
func (a Asker) MayWrite() bool { return a.Scope != ScopeRead }

// MayManageOwn reports whether the asker may say how their account is come by:
// its password, sessions and tokens.
func (a Asker) MayManageOwn() bool {
	return a.SignedIn() && (a.Scope == "" || a.Scope == ScopeEverything)
}
