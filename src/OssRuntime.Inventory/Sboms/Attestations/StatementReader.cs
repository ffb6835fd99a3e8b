using System.Text;
using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.Attestations;

/// <summary>Reads in-toto statements in one pass, whatever the order of their fields; the SBOM in them is read as it comes.</summary>
internal static class StatementReader
{
    private const int MostSubjects = 1000;

    /// <summary>The statement; its document has no format where the bytes are no statement with an SBOM in it.</summary>
    public static SbomStatement Read(Stream stream, string name, SbomLimits limits, CancellationToken cancellation)
    {
        var draft = new SbomDraft(name, limits);
        var subjects = new List<string>();
        string? type = null, text = null;
        try
        {
            using var json = new JsonTokens(new BoundedStream(stream, limits.DocumentBytes), limits.ValueBytes, cancellation);
            json.Begin();
            while (json.NextProperty())
            {
                switch (json.Text())
                {
                    case "predicateType":
                        type = json.NextText();
                        break;
                    case "subject" when json.EnterArray():
                        ReadSubjects(json, subjects);
                        break;
                    case "subject":
                        break;
                    case "predicate":
                        text = ReadPredicate(json, draft);
                        break;
                    default:
                        json.Pass();
                        break;
                }
            }
        }
        catch (SbomBrokenException e)
        {
            draft.Break(e.Message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            draft.Break($"it could not be read on: {e.Message}");
        }

        return new SbomStatement(type, [.. subjects.Take(MostSubjects)], text is null || draft.Format is not null ? draft.Finish() : ReadText(text, name, limits, cancellation));
    }

    /// <summary>The SBOM as an object; or its text, which cosign wraps as <c>Data</c> where it is no JSON.</summary>
    private static string? ReadPredicate(JsonTokens json, SbomDraft draft)
    {
        json.Enter();
        if (json.Text() is { } text)
        {
            return text;
        }

        if (!json.IsObject)
        {
            json.Skip();
            return null;
        }

        var sbom = new JsonSbom(json, draft);
        sbom.Read();
        return sbom.Data;
    }

    private static SbomDocument ReadText(string text, string name, SbomLimits limits, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return SbomReader.Read(stream, name, limits, cancellation);
    }

    private static void ReadSubjects(JsonTokens json, List<string> subjects)
    {
        while (json.NextObject())
        {
            while (json.NextProperty())
            {
                if (json.Text() != "digest")
                {
                    json.Pass();
                }
                else if (json.EnterObject())
                {
                    while (json.NextProperty())
                    {
                        var algorithm = json.Text();
                        var hex = json.NextText();
                        if (subjects.Count < MostSubjects && algorithm is "sha256" or "sha512")
                        {
                            subjects.Add($"{algorithm}:{hex?.ToLowerInvariant()}");
                        }
                    }
                }
            }
        }
    }
}
