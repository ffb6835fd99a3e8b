namespace OssRuntime.Inventory.Registry;

/// <summary>Where a list goes on (OCI distribution spec 1.1, "Listing Referrers"; RFC 8288): <c>Link: &lt;url&gt;; rel="next"</c>.</summary>
internal static class NextPage
{
    /// <summary>The next page; null where there is none, or one on another host or outside of the registry's API.</summary>
    public static Uri? Of(HttpResponseMessage response, Uri page)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        foreach (var link in links)
        {
            var end = link.IndexOf('>', StringComparison.Ordinal);
            if (link.StartsWith('<') && end > 0 && link.AsSpan(end).Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase)
                && Uri.TryCreate(page, link[1..end], out var next) && next.Authority == page.Authority && next.Scheme == page.Scheme
                && next.AbsolutePath.StartsWith("/v2/", StringComparison.Ordinal) && next != page)
            {
                return next;
            }
        }

        return null;
    }
}
