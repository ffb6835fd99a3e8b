using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace OssRuntime.Conventions.Tests;

/// <summary>
/// Which folder of a room sees which, read from the compiled program: each type, its signatures, attributes and the code of its methods. Folders are namespaces;
/// constants are copied by the compiler and do not show.
/// </summary>
internal sealed class FolderGraph
{
    /// <summary>The name of the files that lie in no folder.</summary>
    public const string Top = ".";

    private readonly string _room;
    private readonly HashSet<(string From, string To)> _references = [];

    public FolderGraph(string room)
    {
        _room = room;
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, Program(room)));
        foreach (var type in module.GetTypes().Where(type => NamespaceOf(type) is { } name && IsOurs(name)))
        {
            foreach (var seen in SeenBy(type).SelectMany(Parts).Where(seen => seen.Resolve() is { } found && found.Module == module))
            {
                if (NamespaceOf(seen.Resolve()) is { } to && IsOurs(to) && to != NamespaceOf(type))
                {
                    _references.Add((NamespaceOf(type)!, to));
                }
            }
        }
    }

    /// <summary>The references between the folders below a folder, each as a pair of its children's names; the room itself is the empty path.</summary>
    public IReadOnlySet<(string From, string To)> Below(string path)
    {
        var above = path.Length == 0 ? _room : $"{_room}.{path}";
        return _references
            .Select(reference => (From: Child(above, reference.From), To: Child(above, reference.To)))
            .Where(reference => reference is { From: not null, To: not null } && reference.From != reference.To)
            // Below a folder its own files are the contract that its children share, and the list of them.
            .Where(reference => path.Length == 0 || (reference.From != Top && reference.To != Top))
            .Select(reference => (reference.From!, reference.To!))
            .ToHashSet();
    }

    /// <summary>All folders that have folders, the room itself first.</summary>
    public IEnumerable<string> Parents => _references
        .SelectMany(reference => new[] { reference.From, reference.To })
        .SelectMany(name => Ancestors(name.Length == _room.Length ? "" : name[(_room.Length + 1)..]))
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>References that lie on a circle: those between two folders that reach each other.</summary>
    public static IEnumerable<(string From, string To)> Circles(IReadOnlySet<(string From, string To)> references)
    {
        var next = references.ToLookup(reference => reference.From, reference => reference.To);
        bool Reaches(string from, string to)
        {
            var seen = new HashSet<string>();
            var open = new Stack<string>([from]);
            while (open.TryPop(out var at))
            {
                foreach (var folder in next[at].Where(seen.Add))
                {
                    open.Push(folder);
                }
            }

            return seen.Contains(to);
        }

        return references.Where(reference => Reaches(reference.To, reference.From)).Order();
    }

    private static string Program(string room) => room switch
    {
        "OssRuntime.Operator" => "ossruntime-operator.dll",
        "OssRuntime.Cli" => "ossruntime.dll",
        _ => room + ".dll",
    };

    private static IEnumerable<string> Ancestors(string path)
    {
        yield return "";
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = path.IndexOf('.', dot + 1))
        {
            yield return path[..dot];
        }
    }

    private static string? Child(string above, string name) =>
        name == above ? Top
        : name.StartsWith(above + ".", StringComparison.Ordinal) ? name[(above.Length + 1)..].Split('.')[0]
        : null;

    private bool IsOurs(string name) => name == _room || name.StartsWith(_room + ".", StringComparison.Ordinal);

    // What the compiler writes has no namespace, nor have top-level statements: both tell nothing of folders.
    private static string? NamespaceOf(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Namespace.Length == 0 ? null : type.Namespace;
    }

    private static IEnumerable<TypeReference> SeenBy(TypeDefinition type)
    {
        var seen = new List<TypeReference?> { type.BaseType };
        seen.AddRange(type.Interfaces.Select(contract => contract.InterfaceType));
        seen.AddRange(type.Fields.Select(field => field.FieldType));
        seen.AddRange(type.CustomAttributes.SelectMany(Seen));
        seen.AddRange(type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
        foreach (var method in type.Methods)
        {
            seen.Add(method.ReturnType);
            seen.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
            seen.AddRange(method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
            seen.AddRange(method.HasBody ? method.Body.Instructions.SelectMany(Seen) : []);
            seen.AddRange(method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : []);
        }

        return seen.OfType<TypeReference>();
    }

    private static IEnumerable<TypeReference?> Seen(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference).Prepend(attribute.AttributeType);

    private static IEnumerable<TypeReference?> Seen(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. (method as GenericInstanceMethod)?.GenericArguments ?? []],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericParameter or FunctionPointerType => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
