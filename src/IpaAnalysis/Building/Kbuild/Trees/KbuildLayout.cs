using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>Where the files are that kbuild's messages name. Directories are absolute.</summary>
internal sealed record KbuildLayout
{
    /// <summary>What a message without a file is about.</summary>
    public required string Place { get; init; }

    /// <summary>Where make runs its commands, and what most relative paths start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Where the objects are made.</summary>
    public required string ObjectDirectory { get; init; }

    /// <summary>Where the sources of the objects are, mirrored by <see cref="ObjectDirectory"/>; null when they lie beside them.</summary>
    public string? SourceDirectory { get; init; }

    /// <summary>Where relative paths may lead, the likeliest first; also what paths in texts are shown relative to.</summary>
    public required IReadOnlyList<string> Directories { get; init; }

    /// <summary>Whether a makefile is one that the user writes, so that a place in it helps.</summary>
    public required Func<string, bool> IsUsersMakefile { get; init; }

    /// <summary>The paths of messages.</summary>
    public MessagePaths Paths() => new(
        WorkingDirectory,
        [.. Directories, RealPath.Of(ObjectDirectory)],
        relative => Directories.Select(directory => Path.GetFullPath(relative, directory)).FirstOrDefault(File.Exists)
            ?? Path.GetFullPath(relative, ObjectDirectory));

    /// <summary>What a source is compiled to: an object, assembly (<c>bounds.s</c>) or a host program (<c>scripts/sorttable</c>).</summary>
    public string ProductOf(string source)
    {
        if (SourceDirectory is { } directory && !RealPath.IsInside(source, ObjectDirectory) && RealPath.IsInside(source, directory))
        {
            source = Path.Combine(ObjectDirectory, Path.GetRelativePath(directory, source));
        }

        var product = Path.ChangeExtension(source, ".o");
        return new[] { product, Path.ChangeExtension(source, ".s"), Path.ChangeExtension(source, null) }.FirstOrDefault(File.Exists) ?? product;
    }
}
