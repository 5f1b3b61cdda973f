package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.anabranch.spark.TestSpark;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digits on HDFS in blocks of 16 kB, where a file has several input splits by itself. */
class DistributedFileSystemTest {
  private static final Path DIGITS = Path.of("../data/digits.csv.gz");
  private static final int HDFS_BLOCK = 16_384;

  @TempDir static Path folder;
  private static MiniDFSCluster hdfs;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    configuration.setInt("dfs.namenode.fs-limits.min-block-size", HDFS_BLOCK);
    configuration.setInt("dfs.blocksize", HDFS_BLOCK);
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
    spark = TestSpark.local(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
    hdfs.shutdown();
  }

  @Test
  void plainFilesOfManySplitsPackAsLocalOnesOfOneSplit() throws IOException {
    Path local = folder.resolve("digits.csv");
    try (InputStream digits = new GZIPInputStream(Files.newInputStream(DIGITS))) {
      Files.copy(digits, local);
    }
    String remote = upload(local, "plain/digits.csv");
    assertThat(splits(remote)).isGreaterThan(10);
    assertThat(fingerprint(remote)).isEqualTo(fingerprint(local.toString()));
  }

  @Test
  void packedFilesPackAsLocalOnes() throws IOException {
    String remote = upload(DIGITS, "packed/digits.csv.gz");
    assertThat(fingerprint(remote)).isEqualTo(fingerprint(DIGITS.toString()));
  }

  private static String upload(Path local, String name) throws IOException {
    FileSystem system = hdfs.getFileSystem();
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path("/data/" + name);
    try (OutputStream out = system.create(target)) {
      Files.copy(local, out);
    }
    return hdfs.getURI().resolve("/data/" + name).toString();
  }

  private static int splits(String path) {
    return spark.textFile(path, 1).getNumPartitions();
  }

  private static String fingerprint(String path) {
    CsvSource source = CsvSource.at(path).classes(10).scale(16).test(0.2, 1).blocks(32, 1).build();
    long small = path.startsWith("hdfs") ? 0 : SourceInput.SMALL_BYTES;
    try (PackedData data =
        SourceInput.open(source, spark.hadoopConfiguration(), small).pack(spark, 256, 3)) {
      return data.fingerprint();
    }
  }
}
