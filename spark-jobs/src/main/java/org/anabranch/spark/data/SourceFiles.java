package org.anabranch.spark.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files that a source names, found on the driver before any job. Follows the conventions of
 * Hadoop's input formats, which list them again: hidden names are passed over.
 *
 * @param files in the order of their paths
 */
record SourceFiles(Root root, List<FileStatus> files) {
  long bytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  /** Those that hold anything: where a file has many records, an empty one has none. */
  static SourceFiles find(String source, String setting, Configuration configuration) {
    return all(source, setting, configuration).filled(source);
  }

  /** Empty ones too: where a file is a record, an empty one is a damaged record. */
  static SourceFiles all(String source, String setting, Configuration configuration) {
    try {
      Path path = new Path(source);
      FileSystem system = path.getFileSystem(configuration);
      FileStatus[] matches = system.globStatus(path, candidate -> !hidden(candidate.getName()));
      if (matches == null || matches.length == 0) {
        throw new DataProblem(
            "%s: no such file or folder%s. Check %s; a relative path starts at %s."
                .formatted(
                    source,
                    isGlob(source) ? " matches" : "",
                    setting,
                    system.getWorkingDirectory()));
      }
      Root root = root(source, matches[0]);
      List<FileStatus> files = new ArrayList<>();
      for (FileStatus match : matches) {
        collect(system, match, root, files);
      }
      if (files.isEmpty()) {
        throw new DataProblem(
            "%s: the folder holds no files (names that begin with '.' or '_' are passed over)."
                    .formatted(source)
                + " Name the folder that holds the records.");
      }
      files.sort(Comparator.comparing(file -> file.getPath().toString()));
      return new SourceFiles(root, List.copyOf(files));
    } catch (IllegalArgumentException e) {
      throw new DataProblem(
          "%s: not a path (%s). Check %s.".formatted(source, e.getMessage(), setting), e);
    } catch (IOException e) {
      throw new DataProblem(
          "%s: cannot be listed (%s). Check %s and the rights to read it."
              .formatted(source, firstLine(e), setting),
          e);
    }
  }

  private SourceFiles filled(String source) {
    List<FileStatus> filled = files.stream().filter(file -> file.getLen() > 0).toList();
    if (filled.isEmpty()) {
      throw new DataProblem(
          "%s: %s. Name a file with at least one record a class."
              .formatted(
                  source,
                  files.size() == 1
                      ? "the file is empty (0 bytes)"
                      : "all %d files are empty (0 bytes)".formatted(files.size())));
    }
    return new SourceFiles(root, filled);
  }

  private static void collect(
      FileSystem system, FileStatus match, Root root, List<FileStatus> files) throws IOException {
    if (match.isFile()) {
      files.add(match);
      return;
    }
    RemoteIterator<? extends FileStatus> below = system.listFiles(match.getPath(), true);
    while (below.hasNext()) {
      FileStatus file = below.next();
      String relative = root.relative(file.getPath().toString());
      if (List.of(relative.split("/")).stream().noneMatch(SourceFiles::hidden)) {
        files.add(file);
      }
    }
  }

  private static Root root(String source, FileStatus match) throws FileNotFoundException {
    Path path = new Path(source);
    int up = match.isDirectory() ? 0 : 1;
    int depth = 0;
    for (Path part = path; part != null && !part.getName().isEmpty(); part = part.getParent()) {
      depth++;
      up = isGlob(part.getName()) ? depth : up;
    }
    Path qualified = match.getPath();
    Path shown = path;
    for (int level = 0; level < up; level++) {
      qualified = qualified.getParent();
      shown = shown == null ? null : shown.getParent();
    }
    if (qualified == null) {
      throw new FileNotFoundException(source);
    }
    return new Root(qualified.toString(), shown == null ? "" : shown.toString());
  }

  private static boolean hidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private static boolean isGlob(String text) {
    return text.chars().anyMatch(character -> "*?[{".indexOf(character) >= 0);
  }

  static String firstLine(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }
}
