using System.Numerics;
using System.Security.Cryptography;

namespace OssRuntime.Inventory.Sboms.Trust;

/// <summary>
/// Verifies Ed25519 signatures (RFC 8032, section 5.1.7), which System.Security.Cryptography does not. Everything here is public, so it need not take the
/// same time for all values, and one verification in some milliseconds is enough for a document that is read once.
/// </summary>
internal static class Ed25519
{
    private const int KeyLength = 32;

    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Base = Decode(Convert.FromHexString("5866666666666666666666666666666666666666666666666666666666666666"))!.Value;

    /// <summary>True where the signature is the key's over the message.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (key.Length != KeyLength || signature.Length != KeyLength * 2)
        {
            return false;
        }

        var r = signature[..KeyLength];
        var s = Number(signature[KeyLength..]);
        if (s >= Order || Decode(key) is not { } point)
        {
            return false;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(r);
        hash.AppendData(key);
        hash.AppendData(message);
        var k = Number(hash.GetHashAndReset()) % Order;
        var expected = Add(Multiply(Base, s), Multiply(point with { X = Mod(-point.X), T = Mod(-point.T) }, k));
        return Encode(expected).AsSpan().SequenceEqual(r);
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, P - 2, P);

    /// <summary>A point out of its 32 bytes (section 5.1.3); null for bytes that are none.</summary>
    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        Span<byte> copy = stackalloc byte[KeyLength];
        bytes.CopyTo(copy);
        var isOdd = (copy[^1] & 0x80) != 0;
        copy[^1] &= 0x7F;
        var y = Number(copy);
        if (y >= P)
        {
            return null;
        }

        var square = Mod((y * y - 1) * Inverse(Mod(D * y * y + 1)));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        x = Mod(x * x - square).IsZero ? x : Mod(x * RootOfMinusOne);
        if (!Mod(x * x - square).IsZero || (x.IsZero && isOdd))
        {
            return null;
        }

        x = x.IsEven == isOdd ? P - x : x;
        return new Point(x, y, BigInteger.One, Mod(x * y));
    }

    private static byte[] Encode(Point point)
    {
        var inverse = Inverse(point.Z);
        var x = Mod(point.X * inverse);
        var bytes = new byte[KeyLength];
        Mod(point.Y * inverse).TryWriteBytes(bytes, out _, isUnsigned: true);
        bytes[^1] |= (byte)(x.IsEven ? 0 : 0x80);
        return bytes;
    }

    /// <summary>In extended coordinates (section 5.1.4), good for doubling too.</summary>
    private static Point Add(Point p, Point q)
    {
        var a = Mod((p.Y - p.X) * (q.Y - q.X));
        var b = Mod((p.Y + p.X) * (q.Y + q.X));
        var c = Mod(2 * p.T * q.T * D);
        var d = Mod(2 * p.Z * q.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Point Multiply(Point point, BigInteger times)
    {
        var sum = new Point(BigInteger.Zero, BigInteger.One, BigInteger.One, BigInteger.Zero);
        for (var bit = (int)times.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = Add(sum, sum);
            sum = ((times >> bit) & 1).IsOne ? Add(sum, point) : sum;
        }

        return sum;
    }

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);
}
