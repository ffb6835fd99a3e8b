using System.Text;

namespace OssRuntime.Stage.Clusters;

/// <summary>Writes the file that clients of a cluster read (kubectl's format v1).</summary>
public static class Kubeconfig
{
    /// <summary>The text of a kubeconfig with one cluster and one user.</summary>
    /// <param name="server">The API server's URL.</param>
    /// <param name="authorityPem">Certificate of the authority that signed the API server's; null trusts the machine's authorities.</param>
    /// <param name="user">The user's client certificate.</param>
    public static string Text(Uri server, string? authorityPem, PemCertificate user) =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: stage
        contexts:
        - name: stage
          context:
            cluster: stage
            user: stage
        clusters:
        - name: stage
          cluster:
            server: {server.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Encoded(authorityPem ?? "")}
        users:
        - name: stage
          user:
            client-certificate-data: {Encoded(user.Certificate)}
            client-key-data: {Encoded(user.PrivateKey)}

        """;

    /// <summary>Writes the file so that only this user can read it.</summary>
    public static void Write(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Encoded(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
}
