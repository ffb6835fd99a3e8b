using System.Text;

namespace OssRuntime.Inventory.Paths;

/// <summary>
/// Paths, each kept as what it has beyond the one before it. Layers and package databases name tens of thousands, those of one directory
/// together: they take an eighth of the memory that a text for each would take, and are only ever gone through.
/// </summary>
/// <param name="count">How many.</param>
/// <param name="content">For each the number of bytes that it shares with the one before, the number of the others, and these, in UTF-8.</param>
internal sealed class PathList(int count, byte[] content)
{
    /// <summary>None.</summary>
    public static PathList Empty { get; } = new(0, []);

    public int Count => count;

    /// <summary>The form in which they are kept.</summary>
    public ReadOnlySpan<byte> Content => content;

    /// <summary>The paths of bytes that come from outside.</summary>
    /// <exception cref="InvalidDataException">The bytes are invalid.</exception>
    public static PathList Parse(int count, byte[] content)
    {
        var paths = new PathList(count, content).GetEnumerator();
        var found = 0;
        while (paths.MoveNext())
        {
            found++;
        }

        return found == count ? new PathList(count, content) : throw new InvalidDataException("a list of paths is damaged");
    }

    public Enumerator GetEnumerator() => new(content);

    /// <summary>Goes through the paths.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> content)
    {
        private ReadOnlySpan<byte> _rest = content;
        private byte[] _path = new byte[256];
        private char[] _text = new char[256];
        private int _length;

        /// <summary>Where bytes are no UTF-8 they are U+FFFD, as everywhere.</summary>
        public readonly ReadOnlySpan<char> Current => _text.AsSpan(0, Encoding.UTF8.GetChars(_path.AsSpan(0, _length), _text));

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var shared = Number();
            var others = Number();
            if ((uint)shared > (uint)_length || (uint)others > (uint)_rest.Length)
            {
                throw new InvalidDataException("a list of paths is damaged");
            }

            _length = shared + others;
            if (_length > _path.Length)
            {
                Array.Resize(ref _path, _length * 2);
                _text = new char[_length * 2];
            }

            _rest[..others].CopyTo(_path.AsSpan(shared));
            _rest = _rest[others..];
            return true;
        }

        private int Number()
        {
            var value = 0;
            for (var shift = 0; shift < 35 && !_rest.IsEmpty; shift += 7)
            {
                var next = _rest[0];
                _rest = _rest[1..];
                value |= (next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return value;
                }
            }

            return -1;
        }
    }
}
