package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jars through {@code submit/anabranch} and spark-submit: a master and two workers of
 * Spark's own processes with authentication and encryption on, data and results on HDFS, and a home
 * directory that nobody can write to.
 */
class StandaloneClusterIT {
  private static final String HASH = "parametersSha256";
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path folder;
  private static MiniDFSCluster hdfs;
  private static SparkProcesses cluster;
  private static String data = "";
  private static String expected = "";

  @BeforeAll
  static void start() throws Exception {
    cluster = SparkProcesses.start(ROOT.resolve("spark-jobs/target/anabranch"), folder, 2);
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
    hdfs.getFileSystem()
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(ROOT.resolve("data/digits.csv.gz").toUri()),
            new org.apache.hadoop.fs.Path("/data/digits.csv.gz"));
    data = hdfs.getURI().resolve("/data/digits.csv.gz").toString();
    List<String> command = new ArrayList<>(training(folder.resolve("local").toString()));
    command.addAll(List.of("--threads", "1"));
    SubmittedRun local = SubmittedRun.start(ROOT, folder, "local", command);
    assertThat(local.await()).as(local.output()).isZero();
    expected = JSON.readTree(folder.resolve("local/summary.json").toFile()).path(HASH).asText();
    assertThat(expected).hasSize(64);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (hdfs != null) {
      hdfs.shutdown();
    }
  }

  private static List<String> training(String out) {
    return List.of(
        "train",
        ROOT.resolve("conf/digits.conf").toString(),
        "data.path=" + data,
        "train.epochs=4",
        "train.checkpoint-every=5",
        "--partitions",
        "2",
        "--out",
        out);
  }

  private static SubmittedRun submit(String name, String... more) throws IOException {
    List<String> command = new ArrayList<>(training(remote(name)));
    command.addAll(List.of("--master", cluster.master()));
    command.addAll(List.of("--properties-file", cluster.properties().toString()));
    command.addAll(List.of(more));
    return SubmittedRun.start(ROOT, folder, name, command);
  }

  private static String remote(String name) {
    return hdfs.getURI().resolve("/runs/" + name).toString();
  }

  private static JsonNode summary(String name) throws IOException {
    FileSystem system = hdfs.getFileSystem();
    try (InputStream in =
        system.open(new org.apache.hadoop.fs.Path(remote(name), "summary.json"))) {
      return JSON.readTree(in);
    }
  }

  private static long rounds(String name) throws IOException {
    org.apache.hadoop.fs.Path metrics =
        new org.apache.hadoop.fs.Path(remote(name), "metrics.jsonl");
    FileSystem system = hdfs.getFileSystem();
    if (!system.exists(metrics)) {
      return 0;
    }
    try (InputStream in = system.open(metrics)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().count();
    }
  }

  @Test
  void aClusterEndsWithTheParametersOfOneThreadAndTellsNoSecret() throws Exception {
    SubmittedRun run = submit("cluster");
    assertThat(run.await()).as(run.output()).isZero();
    assertThat(summary("cluster").path(HASH).asText()).isEqualTo(expected);
    assertThat(run.output()).contains(cluster.master()).doesNotContain(cluster.secret());
    FileSystem system = hdfs.getFileSystem();
    for (var file : system.listStatus(new org.apache.hadoop.fs.Path(remote("cluster")))) {
      if (file.isFile()) {
        try (InputStream in = system.open(file.getPath())) {
          String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
          assertThat(text).as(file.getPath().toString()).doesNotContain(cluster.secret());
        }
      }
    }
  }

  @Test
  void aKilledDriverResumesFromHdfs() throws Exception {
    SubmittedRun killed = submit("killed");
    killed.awaitThat(() -> rounds("killed") >= 12);
    killed.kill();
    assertThat(summary("killed").path("status").asText()).isEqualTo("running");
    SubmittedRun resumed = submit("killed", "--resume");
    assertThat(resumed.await()).as(resumed.output()).isZero();
    assertThat(resumed.output()).contains("Going on after round");
    assertThat(summary("killed").path(HASH).asText()).isEqualTo(expected);
  }

  @Test
  void aWrongSecretIsRefusedInASentence() throws Exception {
    Path wrong = cluster.propertiesWith("not-the-secret-of-this-cluster");
    List<String> command = new ArrayList<>(training(remote("refused")));
    command.addAll(List.of("--master", cluster.master(), "--properties-file", wrong.toString()));
    SubmittedRun run = SubmittedRun.start(ROOT, folder, "refused", command);
    assertThat(run.await()).as(run.output()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.output()).doesNotContain("not-the-secret-of-this-cluster");
  }
}
