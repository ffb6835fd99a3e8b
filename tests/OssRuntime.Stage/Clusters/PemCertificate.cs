namespace OssRuntime.Stage.Clusters;

/// <summary>A certificate and its private key (PKCS #8), both as PEM text.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="PrivateKey">The private key.</param>
public sealed record PemCertificate(string Certificate, string PrivateKey)
{
    /// <summary>Writes <c>name.crt</c> and <c>name.key</c>.</summary>
    public void WriteTo(string folder, string name)
    {
        File.WriteAllText(Path.Combine(folder, name + ".crt"), Certificate);
        File.WriteAllText(Path.Combine(folder, name + ".key"), PrivateKey);
    }
}
