using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Downloader.Tests.Docs;

/// <summary>Compiles code of the pages as a program of its own, with the implicit usings of a console project.</summary>
internal static class SnippetCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string RuntimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly MetadataReference[] OfRuntime = [.. References.Where(IsOfRuntime).Select(Read)];

    private static readonly MetadataReference[] All = [.. OfRuntime, .. References.Where(path => !IsOfRuntime(path)).Select(Read)];

    private static string[] References =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    /// <summary>Compiles files into a program.</summary>
    /// <param name="withProject">Whether it may use this project and its packages, or the runtime alone.</param>
    /// <param name="files">The text of each file; one of them has the top-level statements.</param>
    public static CSharpCompilation Compile(bool withProject, params IEnumerable<string> files) => CSharpCompilation.Create(
        "Snippet",
        files.Prepend(ImplicitUsings)
            .Select(file => CSharpSyntaxTree.ParseText(file, cancellationToken: TestContext.Current.CancellationToken)),
        withProject ? All : OfRuntime,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    private static bool IsOfRuntime(string path) => Path.GetDirectoryName(path) == RuntimeFolder;

    private static MetadataReference Read(string path) => MetadataReference.CreateFromFile(path);
}
