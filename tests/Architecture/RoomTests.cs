using System.Xml.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;
using Downloader.MockServer.Hosting;
using Downloader.Tests.Support;
using Downloader.Tool;
using Assembly = System.Reflection.Assembly;
using TypeSet = System.Collections.Generic.Dictionary<string, Downloader.Tests.Architecture.SourceFile>;

namespace Downloader.Tests.Architecture;

/// <summary>Every room keeps to its row of the table in CONTRIBUTING.md.</summary>
public sealed class RoomTests
{
    /// <summary>Shared with a package: callers of an extension of IServiceCollection find it there without a using of its own.</summary>
    private const string ExtensionsNamespace = "Microsoft.Extensions.DependencyInjection";

    private static readonly Assembly[] Assemblies =
    [
        typeof(DownloadStrategy).Assembly,
        typeof(ToolCommand).Assembly,
        typeof(Scenario).Assembly,
        typeof(AuditedMockServer).Assembly,
        typeof(BenchmarkSettings).Assembly,
    ];

    private static readonly string[] Projects =
        [.. RepositoryFiles.WithExtension(".csproj").Where(path => !path.StartsWith("tests/", StringComparison.Ordinal))];

    /// <summary>The packages and frameworks that the projects refer to.</summary>
    private static readonly string[] Packages = [.. Projects.SelectMany(PackagesOf).Distinct()];

    /// <summary>The file of each type, by the type's full name.</summary>
    private static readonly TypeSet FilesByType = SourceFile.Product
        .SelectMany(file => file.Types.Select(type => (Name: $"{file.Namespace}.{SourceFile.NameOf(type)}", file)))
        .DistinctBy(one => one.Name)
        .ToDictionary(one => one.Name, one => one.file);

    /// <summary>Which type of ours uses which other type.</summary>
    private static readonly Lazy<IReadOnlyList<(SourceFile File, IType Origin, IType Target)>> Dependencies = new(() =>
    [
        .. from type in new ArchLoader().LoadAssemblies(Assemblies).Build().Types
           let file = FilesByType.GetValueOrDefault(OutermostName(type))
           where file is not null
           from target in type.Dependencies.Select(dependency => dependency.Target).Distinct()
           select (file, type, target),
    ]);

    [Fact]
    public void Every_folder_of_code_has_a_row_and_every_row_a_folder_of_code() => Assert.Equal(
        SourceFile.Product.Select(file => RoomTable.FolderOf(file.Path)).Distinct().Order(StringComparer.Ordinal),
        RoomTable.Rooms.Select(room => room.Folder).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_name_in_the_table_is_a_room_or_a_package() => AssertNone(
        from room in RoomTable.Rooms
        from name in room.MayUse
        where !Packages.Contains(name) && !RoomTable.Rooms.Any(other => other != room && new Room("", [name]).Allows(other))
        select $"{room}: \"{name}\" is no room and no package of a project.");

    [Fact]
    public void No_two_rooms_use_each_other_even_through_others()
    {
        // Rooms that use no remaining room are taken away, again and again: what is left uses itself.
        var left = RoomTable.Rooms.ToList();
        while (left.RemoveAll(room => !left.Exists(other => other != room && room.Allows(other))) > 0)
        {
            Assert.True(left.Count < RoomTable.Rooms.Count);
        }

        Assert.True(left.Count == 0, $"In the table these rooms use each other: {string.Join(", ", left)}.");
    }

    [Fact]
    public void A_type_uses_only_rooms_that_its_row_allows() => AssertNone(
        from dependency in Dependencies.Value
        let room = dependency.File.Room
        let target = FilesByType.GetValueOrDefault(OutermostName(dependency.Target))
        where room is not null && target?.Room is not null && !room.Allows(target.Room)
        select $"{room} → {target.Room}: {dependency.File.Path}: {dependency.Origin.Name} → {dependency.Target.Name}");

    [Fact]
    public void A_type_uses_only_packages_that_its_row_allows() => AssertNone(
        from dependency in Dependencies.Value
        let room = dependency.File.Room
        let package = Packages.Where(id => dependency.Target.FullName.StartsWith($"{id}.", StringComparison.Ordinal)).MaxBy(id => id.Length)
        where room is not null && package is not null && !FilesByType.ContainsKey(OutermostName(dependency.Target)) && !room.Allows(package)
        select $"{room} → {package}: {dependency.File.Path}: {dependency.Origin.Name} → {dependency.Target.FullName}");

    /// <summary>Constants are compiled into the code that uses them: only the source shows this use.</summary>
    [Fact]
    public void A_file_has_usings_only_of_rooms_that_its_row_allows() => AssertNone(
        from file in SourceFile.Product
        from line in file.Root.Usings
        let target = SourceFile.Product.FirstOrDefault(other => other.Namespace == line.Name?.ToString())
        where file.Room is not null && target?.Room is not null && target.Namespace != ExtensionsNamespace && !file.Room.Allows(target.Room)
        select $"{file.Room} → {target.Room}: {file.At(line)}: {line}");

    [Fact]
    public void A_project_refers_only_to_packages_and_projects_that_its_rows_allow() => AssertNone(
        from project in Projects
        let rooms = RoomTable.Rooms.Where(room => $"{room.Folder}/".StartsWith(FolderOf(project), StringComparison.Ordinal)).ToList()
        from reference in PackagesOf(project).Concat(ProjectsOf(project))
        where !rooms.Exists(room => room.Allows(reference) || RoomTable.Rooms.Any(other => other.Folder == reference && room.Allows(other)))
        select $"{project} → {reference}: in the row of none of its rooms.");

    /// <summary>Subfolders of a room may share its namespace.</summary>
    [Fact]
    public void A_namespace_is_that_of_its_folder() => AssertNone(
        from file in SourceFile.Product
        where file.Namespace is not (null or ExtensionsNamespace)
        let allowed = new[] { RoomTable.FolderOf(file.Path), Path.GetDirectoryName(file.Path)! }.Select(NamespaceOf).Distinct()
        where !allowed.Contains(file.Namespace)
        select $"{file.Path}: namespace {file.Namespace}, must be {string.Join(" or ", allowed)}.");

    /// <summary>As declared: without the type parameters, and of a nested type the one around it.</summary>
    private static string OutermostName(IType type) => type.FullName.Split('+', '`', '<')[0];

    private static string NamespaceOf(string folder) => folder.Split('/') switch
    {
        ["src", var project, .. var rest] => string.Join('.', [project, .. rest]),
        ["benchmarks", .. var rest] => string.Join('.', ["Downloader.Benchmarks", .. rest]),
        ["mock-server", .. var rest] => string.Join('.', ["Downloader.MockServer", .. rest]),
        _ => "",
    };

    /// <summary>A framework's name is that of its namespaces: without <c>.App</c>.</summary>
    private static IEnumerable<string> PackagesOf(string project) =>
    [
        .. ReferencesOf(project, "PackageReference"),
        .. ReferencesOf(project, "FrameworkReference").Select(name => name.Replace(".App", "", StringComparison.Ordinal)),
    ];

    /// <summary>The folders of the projects it refers to.</summary>
    private static IEnumerable<string> ProjectsOf(string project) => ReferencesOf(project, "ProjectReference")
        .Select(path => Path.GetRelativePath(BuiltProgram.Root, Path.GetFullPath(Path.Combine(BuiltProgram.Root, FolderOf(project), path))))
        .Select(path => FolderOf(path).TrimEnd('/'));

    private static IEnumerable<string> ReferencesOf(string project, string kind) =>
        XDocument.Parse(RepositoryFiles.Read(project)).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);

    private static string FolderOf(string path) => path[..(path.Replace('\\', '/').LastIndexOf('/') + 1)];

    private static void AssertNone(IEnumerable<string> breaks)
    {
        var lines = breaks.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} breaks of the table of rooms in CONTRIBUTING.md:\n{string.Join('\n', lines)}");
    }
}
