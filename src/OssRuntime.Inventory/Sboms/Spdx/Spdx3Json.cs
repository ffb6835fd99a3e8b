using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.Spdx;

/// <summary>
/// The elements of an SPDX 3.0 document in JSON-LD that tell of packages (SPDX 3.0.1, profiles Core, Software and SimpleLicensing). Licences are
/// elements of their own, tied to packages by relationships that may stand before or after both, so the packages wait for the document's end.
/// </summary>
internal sealed class Spdx3Json
{
    private readonly SbomDraft _draft;
    private readonly List<Spdx3Element> _packages = [];
    private readonly Dictionary<string, string> _expressions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _concluded = new(StringComparer.Ordinal);
    private long _characters;

    public Spdx3Json(SbomDraft draft) => _draft = draft;

    /// <summary>Reads the array <c>@graph</c>.</summary>
    public void ReadGraph(JsonTokens json)
    {
        while (json.NextObject())
        {
            Take(Spdx3Element.Read(json));
        }
    }

    /// <summary>Hands the packages over, each with its licences.</summary>
    public void Finish()
    {
        foreach (var element in _packages)
        {
            AddLicenses(element, _declared);
            if (element.Draft.Licenses.Count == 0)
            {
                AddLicenses(element, _concluded);
            }

            _draft.Add(element.Draft);
        }

        _packages.Clear();
    }

    private void Take(Spdx3Element element)
    {
        switch (element.Type)
        {
            case "SpdxDocument":
                _draft.Is(SbomFormat.Spdx3Json);
                break;
            case "CreationInfo":
                _draft.SpecVersion ??= element.SpecVersion;
                break;
            case "software_Package":
                Count(element.Characters);
                _packages.Add(element);
                break;
            case "simplelicensing_LicenseExpression" when element is { Id: { } id, Expression: { } expression }:
                Count(id.Length + expression.Length);
                _expressions.TryAdd(id, expression);
                break;
            case "simplelicensing_SimpleLicensingText" or "expandedlicensing_CustomLicense" when element.Id is { } id:
                SpdxPackage.AddLicenseName(_draft, id[(id.LastIndexOfAny(['/', '#']) + 1)..], element.Draft.Name);
                break;
            case "expandedlicensing_ListedLicense" when element.Id is { } id:
                _expressions.TryAdd(id, id[(id.LastIndexOf('/') + 1)..]);
                break;
            case "Relationship" or "LifecycleScopedRelationship" when element.From is { } from:
                Relate(element, from);
                break;
            default:
                break;
        }
    }

    private void Relate(Spdx3Element element, string from)
    {
        var relations = element.RelationshipType switch
        {
            "hasDeclaredLicense" => _declared,
            "hasConcludedLicense" => _concluded,
            _ => null,
        };
        if (relations is null)
        {
            return;
        }

        if (!relations.TryGetValue(from, out var targets))
        {
            relations.Add(from, targets = []);
        }

        Count(from.Length + element.To.Sum(to => to.Length));
        targets.AddRange(element.To);
    }

    private void AddLicenses(Spdx3Element element, Dictionary<string, List<string>> relations)
    {
        if (element.Id is { } id && relations.TryGetValue(id, out var licenses))
        {
            foreach (var license in licenses)
            {
                element.Draft.AddLicense(_expressions.GetValueOrDefault(license));
            }
        }
    }

    private void Count(int characters)
    {
        // A hundred for the objects around the texts: a million of empty ones weigh too.
        _characters += characters + 100;
        if (_characters > _draft.Limits.Characters * 2)
        {
            throw new SbomBrokenException($"its elements have more than {_draft.Limits.Characters * 2} characters");
        }
    }
}
