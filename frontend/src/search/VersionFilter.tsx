import { useNavigate } from "@tanstack/react-router";
import { useId } from "react";
import { sentence } from "../ui/words";
import { otherVersions, type SearchAddress } from "./address";
import { versionNames } from "./facetNames";

/** Which versions of texts are searched: others than the current ones only if they are asked for. */
export function VersionFilter({ address }: { address: SearchAddress }) {
  const navigate = useNavigate();
  const id = useId();
  return (
    <fieldset>
      <legend>
        <h3>Versions</h3>
      </legend>
      <div className="values">
        {[undefined, ...otherVersions].map((version) => (
          <div className="value" key={version ?? "current"}>
            <input
              id={`${id}${version}`}
              type="radio"
              name={id}
              checked={address.version === version}
              onChange={() =>
                void navigate({ to: "/search", search: { ...address, version, page: undefined } })
              }
            />
            <label htmlFor={`${id}${version}`}>
              {version ? sentence(versionNames[version]) : "Current ones"}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
