using OssRuntime.Inventory.Sboms.CycloneDx;
using OssRuntime.Inventory.Sboms.Reading;
using OssRuntime.Inventory.Sboms.Spdx;
using OssRuntime.Inventory.Sboms.Syft;

namespace OssRuntime.Inventory.Sboms;

/// <summary>
/// Reads an SBOM in JSON in one pass, whichever of the formats it is: the fields at its top tell, and they come in any order. It may be the whole
/// document or a value in another one.
/// </summary>
internal sealed class JsonSbom
{
    private readonly JsonTokens _json;
    private readonly SbomDraft _draft;
    private readonly Spdx3Json _graph;

    /// <summary>Prepares the reading.</summary>
    public JsonSbom(JsonTokens json, SbomDraft draft)
    {
        _json = json;
        _draft = draft;
        _graph = new Spdx3Json(draft);
    }

    /// <summary>The text of a field <c>Data</c>, which is where cosign puts an SBOM that is no JSON; or null.</summary>
    public string? Data { get; private set; }

    /// <summary>Reads the object that is open to its end, or as far as it can be read.</summary>
    public void Read()
    {
        try
        {
            while (_json.NextProperty())
            {
                ReadField();
            }
        }
        finally
        {
            _graph.Finish();
        }
    }

    private void ReadField()
    {
        switch (_json.Text())
        {
            case "Data":
                Data = _json.NextText();
                break;
            case "bomFormat":
                Is(SbomFormat.CycloneDxJson, _json.NextText() == "CycloneDX");
                break;
            case "specVersion":
                _draft.SpecVersion = _json.NextText();
                break;
            case "components" when _json.EnterArray():
                CycloneDxJson.ReadComponents(_json, _draft);
                break;
            case "spdxVersion":
                _draft.SpecVersion = _json.NextText();
                _draft.Is(SbomFormat.SpdxJson);
                break;
            case "SPDXID":
                Is(SbomFormat.SpdxJson, _json.NextText() == "SPDXRef-DOCUMENT");
                break;
            case "@context":
                Is(SbomFormat.Spdx3Json, _json.NextText()?.Contains("spdx.org/rdf/3", StringComparison.Ordinal) == true);
                break;
            case "packages" when _json.EnterArray():
                SpdxJson.ReadPackages(_json, _draft);
                break;
            case "hasExtractedLicensingInfos" when _json.EnterArray():
                SpdxJson.ReadLicenses(_json, _draft);
                break;
            case "@graph" when _json.EnterArray():
                _graph.ReadGraph(_json);
                break;
            case "artifacts" when _json.EnterArray():
                SyftJson.ReadArtifacts(_json, _draft);
                break;
            case "distro" when _json.EnterObject():
                SyftJson.ReadDistro(_json, _draft);
                break;
            case "metadata" when _json.EnterObject():
                CycloneDxJson.ReadMetadata(_json, _draft);
                break;

            // GitHub's API puts the document into a field; an in-toto statement has it as its predicate.
            case "sbom" or "predicate" when _json.EnterObject():
                Read();
                break;
            case "metadata" or "sbom" or "predicate":
                break;
            case "components" or "packages" or "hasExtractedLicensingInfos" or "@graph" or "artifacts" or "distro":
                break;
            default:
                _json.Pass();
                break;
        }
    }

    private void Is(SbomFormat format, bool isSo)
    {
        if (isSo)
        {
            _draft.Is(format);
        }
    }
}
