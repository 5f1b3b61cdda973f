package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which file systems data can be read from and results be written to. */
record FileSystemProbe(Map<String, String> classes) implements Probe {
  static FileSystemProbe ofProcess() {
    Map<String, String> classes = new LinkedHashMap<>();
    classes.put("hdfs", "org.apache.hadoop.hdfs.DistributedFileSystem");
    classes.put("s3a", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    classes.put("abfs", "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem");
    classes.put("gs", "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem");
    return new FileSystemProbe(classes);
  }

  @Override
  public String subject() {
    return "File systems";
  }

  @Override
  public List<Finding> look() {
    List<String> present = new ArrayList<>(List.of("file"));
    List<String> absent = new ArrayList<>();
    classes.forEach((scheme, type) -> (isPresent(type) ? present : absent).add(scheme));
    String found = String.join(", ", present);
    if (absent.isEmpty()) {
      return List.of(Finding.fine(found, "data.path and out may name any of them."));
    }
    return List.of(
        Finding.fine(
            "%s; not %s".formatted(found, String.join(", ", absent)),
            "data.path and out may name the first.",
            "For the others put Hadoop's connector on the class path (hadoop-aws for s3a)."));
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, FileSystemProbe.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
