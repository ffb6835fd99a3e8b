namespace OssRuntime.Operator.Resources;

/// <summary>Texts for objects and answers, which have a longest length: what is cut ends with an ellipsis.</summary>
internal static class BoundedText
{
    /// <summary>The text, or its beginning where it is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many characters it may have, the ellipsis among them.</param>
    public static string Shorten(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
