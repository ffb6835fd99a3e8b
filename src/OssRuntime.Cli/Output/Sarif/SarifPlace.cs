using System.Text;
using OssRuntime.Cli.Scanning;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Output.Sarif;

/// <summary>
/// Where a result is: a relative address, because GitHub takes no other and reads whatever stands before a colon as a scheme. It begins with the image without tag
/// and digest, so that it stays the same from build to build, and ends with the file in it.
/// </summary>
internal static class SarifPlace
{
    /// <summary>The target as it stays from build to build.</summary>
    public static string SubjectOf(string target)
    {
        var parsed = ScanTarget.Parse(target);
        return parsed.Kind == TargetKind.Registry && ImageReference.TryParse(parsed.Location, out var image, out _)
            ? $"{image!.Registry}/{image.Repository}"
            : parsed.Location;
    }

    /// <summary>The address of a file of a target.</summary>
    /// <param name="subject">What <see cref="SubjectOf"/> says.</param>
    /// <param name="path">The file; empty for the target itself.</param>
    public static string AddressOf(string subject, string path)
    {
        // A path of an image must not climb out of it: it would be taken for a file of the repository.
        var segments = $"{subject}/{path}".Split('/').Where(segment => segment.Length > 0 && segment is not ("." or "..")).Select(Escape);
        var address = string.Join('/', segments);
        return address.Length > 0 ? address : "target";
    }

    private static string Escape(string segment)
    {
        var text = new StringBuilder(segment.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(TerminalText.Safe(segment)))
        {
            // RFC 3986, "Unreserved Characters".
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
