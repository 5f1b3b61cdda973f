package org.anabranch.spark.job;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.anabranch.train.RunFolder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a run: which files it has, and who may write there. */
final class RunFiles {
  static final String SUMMARY = "summary.json";
  static final String PROVENANCE = "provenance.json";
  static final String METRICS = "metrics.jsonl";
  static final String CONFIGURATION = "configuration.conf";
  static final String MODEL = "model.json";
  static final String PARAMETERS = "parameters.safetensors";
  static final String BAD_RECORDS = "bad-records.jsonl";

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> NAMES =
      List.of(SUMMARY, PROVENANCE, METRICS, CONFIGURATION, MODEL, PARAMETERS, BAD_RECORDS);

  private final RunFolder folder;

  private RunFiles(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder of a run, which is made if there is none.
   *
   * @throws Mistake if it holds a run and neither resuming nor overwriting was asked for, or if it
   *     holds anything that is not a run's
   */
  static RunFiles open(String out, RunOptions.Reuse reuse, Configuration configuration)
      throws IOException {
    Path path = new Path(out);
    FileSystem files = path.getFileSystem(configuration);
    if (files.exists(path)) {
      requireOwn(files, path, out);
      refuseOrClear(files, path, out, reuse);
    }
    return new RunFiles(HadoopFolder.open(path, configuration));
  }

  private static boolean isOwn(String name) {
    return NAMES.contains(name)
        || name.startsWith("checkpoint-")
        || name.contains(RunFolder.TEMPORARY)
        || name.endsWith(".crc");
  }

  private static void requireOwn(FileSystem files, Path path, String out) throws IOException {
    for (FileStatus file : files.listStatus(path)) {
      if (!isOwn(file.getPath().getName())) {
        throw new Mistake(
            "%s: the folder holds '%s', which no run writes. Name another folder with --out; files that are not a run's are never deleted."
                .formatted(out, file.getPath().getName()));
      }
    }
  }

  private static void refuseOrClear(FileSystem files, Path path, String out, RunOptions.Reuse reuse)
      throws IOException {
    FileStatus[] present = files.listStatus(path);
    if (present.length == 0 || reuse == RunOptions.Reuse.RESUME) {
      return;
    }
    if (reuse == RunOptions.Reuse.REFUSE) {
      throw new Mistake(
          "%s: the folder already holds a run. Go on with it by --resume, replace it by --overwrite, or name another folder with --out."
              .formatted(out));
    }
    for (FileStatus file : present) {
      files.delete(file.getPath(), false);
    }
  }

  RunFolder folder() {
    return folder;
  }

  void json(String name, Map<String, ?> content) throws IOException {
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
    folder.write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  void text(String name, String content) throws IOException {
    folder.write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  void metrics(Map<String, ?> line) throws IOException {
    folder.append(METRICS, JSON.writeValueAsString(line));
  }

  void badRecord(Map<String, ?> line) throws IOException {
    folder.append(BAD_RECORDS, JSON.writeValueAsString(line));
  }

  /** Drops the metrics of rounds that will be done again. */
  void dropMetricsAfter(long round) throws IOException {
    folder.retainLines(METRICS, line -> roundOf(line) <= round);
  }

  private static long roundOf(String line) {
    try {
      return JSON.readTree(line).path("round").asLong(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE; // a line that a kill cut short belongs to no round
    }
  }
}
