namespace OssRuntime.Testing.Fuzzing;

/// <summary>Spoils bytes the way that finds what parsers believe: lengths, offsets, ends, repetitions, parts of other files.</summary>
public static class Mutation
{
    private static readonly ulong[] Numbers =
        [0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF];

    private static readonly string[] Texts = ["\0", "\n", "\n\n", "\"", "'", "{", "}", "[", "]", ":", "/", "../", "\\", "-", "=", "%s", "\uFEFF", "\u0085", "\u001b[31m", " ", "999999999999999999999", "\\ud800", "1e999", "&#0;", "&#xD800;"];

    /// <summary>A spoilt copy.</summary>
    public static byte[] Spoil(byte[] seed, byte[] other, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var rounds = random.Next(1, 6); rounds > 0 && bytes.Count > 0; rounds--)
        {
            Spoil(bytes, other, random);
        }

        return [.. bytes];
    }

    private static void Spoil(List<byte> bytes, byte[] other, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                WriteNumber(bytes, at, random);
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.RemoveRange(at, random.Next(1, Math.Min(bytes.Count - at, 64) + 1));
                break;
            case 5:
                var piece = bytes.GetRange(at, random.Next(1, Math.Min(bytes.Count - at, 256) + 1));
                for (var times = random.Next(1, 5); times > 0; times--)
                {
                    bytes.InsertRange(at, piece);
                }

                break;
            case 6:
                bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]));
                break;
            default:
                var start = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(start, random.Next(1, Math.Min(other.Length - start, 128) + 1)).ToArray());
                break;
        }
    }

    private static void WriteNumber(List<byte> bytes, int at, Random random)
    {
        var number = Numbers[random.Next(Numbers.Length)] + (ulong)random.Next(3) - 1;
        var (length, isBigEndian) = (1 << random.Next(1, 4), random.Next(2) == 0);
        for (var i = 0; i < length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = (byte)(number >> (8 * (isBigEndian ? length - 1 - i : i)));
        }
    }
}
