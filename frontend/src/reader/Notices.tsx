import { ProblemNotice } from "../ui/ProblemNotice";
import { type Annotation, type Edition, provisionAt } from "./edition";
import type { Annotations } from "./material";

interface Props {
  edition: Edition;
  address: { at?: string; annotation?: string };
  /** Undefined until they have been read. */
  annotations: Annotation[] | undefined;
  lost: number;
  failure: Annotations["failure"];
}

/** Says so when annotations could not be read, and when the address names something that is not here. */
export function Notices({ edition, address: { at, annotation }, annotations, lost, failure }: Props) {
  const missing = at !== undefined && provisionAt(edition, at) < 0;
  const gone = annotation !== undefined && annotations?.some((one) => one.id === annotation) === false;
  return (
    <>
      {failure && (
        <>
          <p className="notice">
            {annotations
              ? "The annotations are those of a while ago: what is new could not be read."
              : "The annotations on this text could not be read: none is shown, though there may be some."}
          </p>
          <ProblemNotice {...failure} />
        </>
      )}
      {missing && (
        <p className="notice" role="alert">
          There is no “{at}” in this version. You are at the beginning of the text.
        </p>
      )}
      {gone && (
        <p className="notice" role="alert">
          The annotation of this link is not here: it was deleted, or it is private.
        </p>
      )}
      {lost > 0 && (
        <p className="small">
          <a href="#lost">
            {lost === 1 ? "One annotation has" : `${lost} annotations have`} no place in this version
          </a>
        </p>
      )}
    </>
  );
}
