namespace OssRuntime.Exposure.Lists;

/// <summary>A kind that is known to lead traffic and is not understood: of its objects only that they are there, and their names. A row of <c>unread.tsv</c>.</summary>
/// <param name="Group">The API group.</param>
/// <param name="Kind">The name of the kind.</param>
/// <param name="Anywhere">True where its objects lead to pods of any namespace; else of their own only.</param>
/// <param name="Source">The page that says so.</param>
internal sealed record UnreadKind(string Group, string Kind, bool Anywhere, string Source)
{
    /// <summary>The name that tells it from kinds of other groups.</summary>
    public string Id => $"{Kind}.{Group}";
}
