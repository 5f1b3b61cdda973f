package org.anabranch.spark.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what a run writes has room.
 *
 * @param working where {@code runs/} is made
 * @param scratch where Spark puts what does not fit into memory
 */
record FolderProbe(Path working, List<Path> scratch) implements Probe {
  private static final long MEBI = 1 << 20;
  private static final long LITTLE = 512 * MEBI;

  static FolderProbe ofProcess() {
    String folders = System.getenv("SPARK_LOCAL_DIRS");
    List<Path> scratch =
        folders == null
            ? List.of(Path.of(System.getProperty("java.io.tmpdir", "/tmp")))
            : List.of(folders.split(",")).stream().map(Path::of).toList();
    return new FolderProbe(Path.of("").toAbsolutePath(), scratch);
  }

  @Override
  public String subject() {
    return "Folders";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        look(
            working,
            "Results go to runs/ there, unless --out says otherwise.",
            "Change to a folder that you may write to, or give --out."));
    for (Path folder : scratch) {
      findings.add(
          look(
              folder,
              "Spark's scratch files go there.",
              "Set SPARK_LOCAL_DIRS to a folder with room that you may write to."));
    }
    return findings;
  }

  private static Finding look(Path folder, String use, String remedy) {
    if (!Files.isDirectory(folder)) {
      return Finding.blocks(folder + ": there is no such folder", use, remedy);
    }
    if (!Files.isWritable(folder)) {
      return Finding.blocks(folder + ": not writable", use, remedy);
    }
    long free = folder.toFile().getUsableSpace();
    String found = "%s: writable, %d MiB free".formatted(folder, free / MEBI);
    return free < LITTLE
        ? Finding.slow(found, use + " That is little.", remedy)
        : Finding.fine(found, use);
  }
}
