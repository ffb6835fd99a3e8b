using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;

namespace OssRuntime.Stage.Registries;

/// <summary>Password hashes as an htpasswd file holds them.</summary>
internal static class BcryptHash
{
    private const int Cost = 4; // the lowest: a request's hash is computed each time, and the password guards nothing
    private const int SaltBytes = 16;

    /// <summary>The hash of a password with a new salt, like <c>$2b$04$…</c>.</summary>
    public static string Of(string password) => OpenBsdBCrypt.Generate("2b", password.ToCharArray(), RandomNumberGenerator.GetBytes(SaltBytes), Cost);
}
