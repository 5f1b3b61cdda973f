package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSetupTest {
  @TempDir private Path folder;

  @Test
  void sparkIsQuietAndAsksNoNetworkInThisProcess() {
    SparkConf conf = conf("spark.master=local[2]");
    assertThat(conf.get("spark.master")).isEqualTo("local[2]");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
    assertThat(conf.get("spark.ui.showConsoleProgress")).isEqualTo("false");
    assertThat(conf.get("spark.serializer")).endsWith("JavaSerializer");
    assertThat(conf.getSizeAsMb("spark.task.maxDirectResultSize")).isEqualTo(64);
    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.app.name")).isEqualTo("anabranch toy");
  }

  @Test
  void whatTheUserSetsWins() {
    SparkConf conf =
        conf(
            "spark.conf.spark.ui.enabled=true",
            "spark.conf.spark.driver.host=h",
            "spark.conf.spark.task.maxDirectResultSize=2m",
            "spark.conf.spark.executor.extraJavaOptions=-Dmine=1");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
    assertThat(conf.get("spark.driver.host")).isEqualTo("h");
    assertThat(conf.get("spark.task.maxDirectResultSize")).isEqualTo("2m");
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .isEqualTo(SparkSetup.KERNEL_OPTIONS + " -Dmine=1");
  }

  @Test
  void executorsCompileKernelsAsTheCommandLineDoes() throws IOException {
    List<String> script =
        Files.readAllLines(Path.of("../submit/anabranch")).stream()
            .map(line -> line.strip().replace("'", ""))
            .toList();
    assertThat(script).containsAll(List.of(SparkSetup.KERNEL_OPTIONS.split(" ")));
    assertThat(conf("spark.master=spark://h:7077").get("spark.executor.extraJavaOptions"))
        .isEqualTo(SparkSetup.KERNEL_OPTIONS);
  }

  /** It tells what it does not understand on standard output, and goes on without it. */
  @Test
  void javaUnderstandsTheOptionsOfKernels() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(SparkSetup.KERNEL_OPTIONS.split(" ")));
    command.add("-version"); // to standard error
    Process java = new ProcessBuilder(command).start();
    assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(java.waitFor()).isZero();
  }

  @Test
  void theMasterOfSparkSubmitYieldsOnlyToAWrittenOne() {
    System.setProperty("spark.master", "spark://submitted:1");
    try {
      assertThat(conf().get("spark.master")).isEqualTo("spark://submitted:1");
      assertThat(conf("spark.master=local").get("spark.master")).isEqualTo("local");
    } finally {
      System.clearProperty("spark.master");
    }
    assertThat(conf().get("spark.master")).isEqualTo("local[*]");
  }

  @Test
  void executorsOfALocalClusterGetThisClassPathInAbsoluteForm() {
    SparkConf conf = conf("spark.master=local-cluster[2,1,1024]");
    assertThat(List.of(conf.get("spark.executor.extraClassPath").split(File.pathSeparator)))
        .isNotEmpty()
        .allMatch(entry -> new File(entry).isAbsolute());
    assertThat(conf.get("spark.executorEnv.SPARK_SCALA_VERSION")).isEqualTo("2.13");
    assertThat(conf.contains("spark.driver.host")).isFalse();
  }

  @Test
  void executorsOfAClusterGetTheJarsThatTasksUse() {
    assertThat(conf("spark.master=spark://h:7077").get("spark.jars")).contains("commons-csv");
  }

  @Test
  void sparkAddsItsModulesToTheUsersOptions() {
    try (JavaSparkContext spark =
        new JavaSparkContext(
            conf("spark.master=local[1]", "spark.conf.spark.executor.extraJavaOptions=-Dmine=1"))) {
      assertThat(spark.getConf().get("spark.executor.extraJavaOptions"))
          .contains("--add-modules=jdk.incubator.vector")
          .endsWith("-Dmine=1");
      assertThat(spark.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
    }
  }

  private SparkConf conf(String... settings) {
    return SparkSetup.conf(Configurations.toy(folder, settings));
  }
}
