import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { readCodebook } from "../codebook/address";
import { readCompare } from "../compare/address";
import { readLens } from "../lens/address";
import { readLibrary } from "../library/address";
import { readMatrix } from "../matrix/address";
import type { Filter } from "../reader/filter";
import { readDisagreements } from "../rounds/address";
import { readSearch } from "../search/address";
import { one, readParams, writeParams } from "./address";
import { Shell } from "./Shell";
import { ErrorScreen, MissingScreen, WaitingScreen } from "./screens";

const root = createRootRoute({ component: Shell, notFoundComponent: MissingScreen });

const SearchScreen = lazyRouteComponent(() => import("../search/SearchScreen"), "default");

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: readSearch,
  component: SearchScreen,
});

const search = createRoute({
  getParentRoute: () => root,
  path: "/search",
  validateSearch: readSearch,
  component: SearchScreen,
});

const lens = createRoute({
  getParentRoute: () => root,
  path: "/lens",
  validateSearch: readLens,
  component: lazyRouteComponent(() => import("../lens/LensScreen"), "default"),
});

/** The state of the reader: the query whose marks are on, the provision or the annotation to stand at, a version other than the current one, the coding round to tag in, and which annotations are shown. */
export interface ReaderAddress extends Filter {
  q?: string;
  synonyms?: false;
  at?: string;
  annotation?: string;
  version?: string;
  round?: string;
}

const reader = createRoute({
  getParentRoute: () => root,
  path: "/read/$document",
  validateSearch: (params: Record<string, unknown>): ReaderAddress => ({
    q: one(params.q),
    synonyms: one(params.synonyms) === "false" ? false : undefined,
    at: one(params.at),
    annotation: one(params.annotation),
    version: one(params.version),
    round: one(params.round),
    concept: one(params.concept),
    by: one(params.by),
    group: one(params.group),
    from: one(params.from),
    to: one(params.to),
  }),
  component: lazyRouteComponent(() => import("../reader/Reader"), "default"),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  validateSearch: readCompare,
  component: lazyRouteComponent(() => import("../compare/CompareScreen"), "default"),
});

const matrix = createRoute({
  getParentRoute: () => root,
  path: "/matrix",
  validateSearch: readMatrix,
  component: lazyRouteComponent(() => import("../matrix/MatrixScreen"), "default"),
});

const differences = createRoute({
  getParentRoute: () => root,
  path: "/versions/$version/differences/$other",
  component: lazyRouteComponent(() => import("../compare/DifferencesScreen"), "default"),
});

const parallel = createRoute({
  getParentRoute: () => root,
  path: "/versions/$version/parallel/$other",
  component: lazyRouteComponent(() => import("../compare/ParallelScreen"), "default"),
});

const review = createRoute({
  getParentRoute: () => root,
  path: "/review/$document",
  component: lazyRouteComponent(() => import("../review/ReviewScreen"), "default"),
});

const suggestions = createRoute({
  getParentRoute: () => root,
  path: "/suggestions/$concept",
  component: lazyRouteComponent(() => import("../suggestions/SuggestionsScreen"), "default"),
});

const synonyms = createRoute({
  getParentRoute: () => root,
  path: "/synonyms",
  component: lazyRouteComponent(() => import("../synonyms/SynonymsScreen"), "default"),
});

const codebook = createRoute({
  getParentRoute: () => root,
  path: "/codebook",
  validateSearch: readCodebook,
  component: lazyRouteComponent(() => import("../codebook/CodebookScreen"), "default"),
});

const saved = createRoute({
  getParentRoute: () => root,
  path: "/saved",
  component: lazyRouteComponent(() => import("../saved/SavedScreen"), "default"),
});

const exchange = createRoute({
  getParentRoute: () => root,
  path: "/exchange",
  component: lazyRouteComponent(() => import("../exchange/ExchangeScreen"), "default"),
});

const shared = createRoute({
  getParentRoute: () => root,
  path: "/s/$token",
  component: lazyRouteComponent(() => import("../saved/SharedScreen"), "default"),
});

const groups = createRoute({
  getParentRoute: () => root,
  path: "/groups",
  component: lazyRouteComponent(() => import("../groups/GroupsScreen"), "default"),
});

const group = createRoute({
  getParentRoute: () => root,
  path: "/groups/$group",
  component: lazyRouteComponent(() => import("../groups/GroupScreen"), "default"),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join/$token",
  component: lazyRouteComponent(() => import("../groups/JoinScreen"), "default"),
});

const library = createRoute({
  getParentRoute: () => root,
  path: "/library",
  validateSearch: readLibrary,
  component: lazyRouteComponent(() => import("../library/LibraryScreen"), "default"),
});

const about = createRoute({
  getParentRoute: () => root,
  path: "/library/$document",
  component: lazyRouteComponent(() => import("../about/AboutScreen"), "default"),
});

const rounds = createRoute({
  getParentRoute: () => root,
  path: "/rounds",
  component: lazyRouteComponent(() => import("../rounds/RoundsScreen"), "default"),
});

const newRound = createRoute({
  getParentRoute: () => root,
  path: "/rounds/new",
  component: lazyRouteComponent(() => import("../rounds/NewRoundScreen"), "default"),
});

const round = createRoute({
  getParentRoute: () => root,
  path: "/rounds/$round",
  component: lazyRouteComponent(() => import("../rounds/RoundScreen"), "default"),
});

const agreement = createRoute({
  getParentRoute: () => root,
  path: "/rounds/$round/agreement",
  validateSearch: (params: Record<string, unknown>): { by?: "characters" } => ({
    by: one(params.by) === "characters" ? "characters" : undefined,
  }),
  component: lazyRouteComponent(() => import("../rounds/AgreementScreen"), "default"),
});

const disagreements = createRoute({
  getParentRoute: () => root,
  path: "/rounds/$round/disagreements",
  validateSearch: readDisagreements,
  component: lazyRouteComponent(() => import("../rounds/DisagreementsScreen"), "default"),
});

const trash = createRoute({
  getParentRoute: () => root,
  path: "/trash",
  component: lazyRouteComponent(() => import("../trash/TrashScreen"), "default"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: (params: Record<string, unknown>): { return?: string; outcome?: string } => ({
    return: one(params.return),
    outcome: one(params.outcome),
  }),
  component: lazyRouteComponent(() => import("../account/SignInScreen"), "default"),
});

const forgotten = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(() => import("../account/ForgottenScreen"), "default"),
});

const mail = createRoute({
  getParentRoute: () => root,
  path: "/mail/$token",
  component: lazyRouteComponent(() => import("../account/MailScreen"), "default"),
});

const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  validateSearch: (params: Record<string, unknown>): { outcome?: string } => ({
    outcome: one(params.outcome),
  }),
  component: lazyRouteComponent(() => import("../account/AccountScreen"), "default"),
});

const administration = createRoute({
  getParentRoute: () => root,
  path: "/administration",
  component: lazyRouteComponent(() => import("../administration/AdministrationScreen"), "default"),
});

const enter = createRoute({
  getParentRoute: () => root,
  path: "/enter/$token",
  validateSearch: (params: Record<string, unknown>): { outcome?: string } => ({
    outcome: one(params.outcome),
  }),
  component: lazyRouteComponent(() => import("../account/EnterScreen"), "default"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: (params: Record<string, unknown>): { token?: string } => ({ token: one(params.token) }),
  component: lazyRouteComponent(() => import("../account/SetupScreen"), "default"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    search,
    lens,
    reader,
    matrix,
    compare,
    differences,
    parallel,
    review,
    codebook,
    saved,
    exchange,
    shared,
    groups,
    group,
    join,
    library,
    about,
    suggestions,
    synonyms,
    rounds,
    newRound,
    round,
    agreement,
    disagreements,
    trash,
    signIn,
    forgotten,
    mail,
    account,
    administration,
    enter,
    setup,
  ]),
  parseSearch: readParams,
  stringifySearch: writeParams,
  defaultErrorComponent: ErrorScreen,
  defaultPendingComponent: WaitingScreen,
  defaultNotFoundComponent: MissingScreen,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
