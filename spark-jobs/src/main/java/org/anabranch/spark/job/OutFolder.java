package org.anabranch.spark.job;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.anabranch.spark.job.RunOptions.Reuse;
import org.anabranch.train.LocalFolder;
import org.anabranch.train.RunFolder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Whether a run may use a folder. Nothing in it is touched before that is settled, and files that
 * no run wrote are never touched.
 *
 * @param folder opened
 * @param previous the summary of the run that goes on; empty for one that starts
 */
record OutFolder(RunFolder folder, Optional<Map<String, Object>> previous) {
  private static final int SHOWN = 3;

  /**
   * Opens the folder of a run that starts or goes on.
   *
   * @param out a path of this machine or a URI
   * @param hadoop asked for only where the folder is not of this machine
   * @throws Mistake if it holds a run and nothing was said, or files that no run wrote
   */
  static OutFolder open(String out, Reuse reuse, Supplier<Configuration> hadoop)
      throws IOException {
    Optional<Path> local = local(out);
    List<String> names = local.isPresent() ? names(out, local.get()) : names(out, hadoop.get());
    if (names.stream().allMatch(OutFolder::isLeftOver)) {
      return new OutFolder(opened(out, local, hadoop), Optional.empty());
    }
    if (!names.contains(RunFiles.SUMMARY)) {
      throw foreign(out, names);
    }
    Map<String, Object> summary = summary(out, local, hadoop, names);
    RunningProcess.of(summary).requireEnded(out);
    if (reuse == Reuse.RESUME) {
      return new OutFolder(opened(out, local, hadoop), Optional.of(summary));
    }
    if (reuse == Reuse.REFUSE && !hasNothingToLose(summary, names)) {
      throw new Mistake(
          "%s: the folder already holds a run (%s, %s rounds). Add --resume to go on with it, --overwrite to replace it, or --out DIR for another folder."
              .formatted(out, summary.get("status"), summary.get("rounds")));
    }
    RunFolder folder = opened(out, local, hadoop);
    for (String name : folder.list("")) {
      if (RunFiles.isOfARun(name)) {
        folder.delete(name);
      }
    }
    return new OutFolder(folder, Optional.empty());
  }

  /**
   * Opens the folder of a run to look at it: nothing in it is touched, since a process may write
   * there.
   *
   * @throws Mistake if it holds no run
   */
  static RunFolder ofARun(String place, Supplier<Configuration> hadoop) throws IOException {
    Optional<Path> local = local(place);
    List<String> names = local.isPresent() ? names(place, local.get()) : names(place, hadoop.get());
    if (!names.contains(RunFiles.SUMMARY)) {
      throw new Mistake(
          "%s: it is not the folder of a run, since it has no %s. Name the folder that anabranch train printed last."
              .formatted(place, RunFiles.SUMMARY));
    }
    return local.isPresent()
        ? LocalFolder.existing(local.get())
        : HadoopFolder.existing(new org.apache.hadoop.fs.Path(place), hadoop.get());
  }

  /** A run that ended before its first round, as with a data.path that is not there. */
  private static boolean hasNothingToLose(Map<String, Object> summary, List<String> names) {
    return !"completed".equals(summary.get("status"))
        && summary.get("rounds") instanceof Number rounds
        && rounds.longValue() == 0
        && names.stream().noneMatch(name -> name.startsWith(RunFiles.CHECKPOINTS));
  }

  private static RunFolder opened(String out, Optional<Path> local, Supplier<Configuration> hadoop)
      throws IOException {
    return local.isPresent()
        ? LocalFolder.open(local.get())
        : HadoopFolder.open(new org.apache.hadoop.fs.Path(out), hadoop.get());
  }

  private static byte[] read(String out, Optional<Path> local, Supplier<Configuration> hadoop)
      throws IOException {
    if (local.isPresent()) {
      return Files.readAllBytes(local.get().resolve(RunFiles.SUMMARY));
    }
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(out, RunFiles.SUMMARY);
    try (FSDataInputStream stream = file.getFileSystem(hadoop.get()).open(file)) {
      return stream.readAllBytes();
    }
  }

  private static Map<String, Object> summary(
      String out, Optional<Path> local, Supplier<Configuration> hadoop, List<String> names)
      throws IOException {
    try {
      Map<String, Object> summary = Json.object(read(out, local, hadoop));
      if (RunFiles.PROGRAM.equals(summary.get("program"))) {
        return summary;
      }
    } catch (JacksonException e) {
      throw foreign(out, names);
    }
    throw foreign(out, names);
  }

  private static Mistake foreign(String out, List<String> names) {
    List<String> visible = names.stream().filter(name -> !isLeftOver(name)).sorted().toList();
    String some = String.join(", ", visible.subList(0, Math.min(SHOWN, visible.size())));
    return new Mistake(
        "%s: the folder holds files that no run wrote (%s%s), and none of them is touched. Give --out another folder."
            .formatted(out, some, visible.size() > SHOWN ? ", …" : ""));
  }

  /** Of a write that a killed process did not finish. */
  private static boolean isLeftOver(String name) {
    return name.contains(RunFolder.TEMPORARY);
  }

  private static Optional<Path> local(String out) {
    if (out.startsWith("file:")) {
      return Optional.of(Path.of(URI.create(out).getPath()));
    }
    return Locations.isUri(out) ? Optional.empty() : Optional.of(Path.of(out));
  }

  private static List<String> names(String out, Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    requireFolder(out, Files.isDirectory(folder));
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }

  private static List<String> names(String out, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(out);
    FileSystem files = fileSystem(out, folder, hadoop);
    if (!files.exists(folder)) {
      return List.of();
    }
    requireFolder(out, files.getFileStatus(folder).isDirectory());
    List<String> names = new ArrayList<>();
    for (FileStatus entry : files.listStatus(folder)) {
      names.add(entry.getPath().getName());
    }
    return names;
  }

  private static FileSystem fileSystem(
      String out, org.apache.hadoop.fs.Path folder, Configuration hadoop) throws IOException {
    try {
      return folder.getFileSystem(hadoop);
    } catch (UnsupportedFileSystemException e) {
      throw new Mistake(
          "%s: no file system answers to '%s'. Run anabranch doctor for those that do, or give --out a local folder."
              .formatted(out, folder.toUri().getScheme()),
          e);
    }
  }

  private static void requireFolder(String out, boolean isFolder) {
    if (!isFolder) {
      throw new Mistake(
          "%s: it is a file, and a run needs a folder. Give --out another name.".formatted(out));
    }
  }
}
