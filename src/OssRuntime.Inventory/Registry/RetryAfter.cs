namespace OssRuntime.Inventory.Registry;

/// <summary>How long an answer asks to wait (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>Null where it does not. A date is counted from the answer's own.</summary>
    public static TimeSpan? Of(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } header)
        {
            return null;
        }

        var wait = header.Delta ?? (header.Date is { } date && response.Headers.Date is { } sent ? date - sent : null);
        return wait > TimeSpan.Zero ? wait : null;
    }
}
