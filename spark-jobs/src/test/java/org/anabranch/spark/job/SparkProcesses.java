package org.anabranch.spark.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A standalone cluster of Spark: a master and workers, each a process, encrypted and authenticated.
 */
final class SparkProcesses implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long NANOSECONDS = 120_000_000_000L;

  private final List<Process> processes = new ArrayList<>();
  private final Path folder;
  private final Path sparkHome;
  private final String secret = "secret-" + UUID.randomUUID();
  private final Path properties;
  private final int port;

  private SparkProcesses(Path folder, Path jars) throws IOException {
    this.folder = folder;
    sparkHome = Files.createDirectories(folder.resolve("spark"));
    Files.createSymbolicLink(sparkHome.resolve("jars"), jars);
    properties = propertiesWith(secret);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** Starts them from the jars in {@code home/lib} and waits until the workers have registered. */
  static SparkProcesses start(Path home, Path folder, int workers)
      throws IOException, InterruptedException {
    SparkProcesses spark = new SparkProcesses(folder, home.resolve("lib"));
    try {
      Path log =
          spark.start("master", "org.apache.spark.deploy.master.Master", "--port", "" + spark.port);
      spark.awaitLine(log, "I have been elected leader", 1);
      for (int i = 0; i < workers; i++) {
        Path work = Files.createDirectories(folder.resolve("work-" + i));
        spark.start(
            "worker-" + i,
            "org.apache.spark.deploy.worker.Worker",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--work-dir",
            work.toString(),
            spark.master());
      }
      spark.awaitLine(log, "Registering worker", workers);
      return spark;
    } catch (IOException | InterruptedException | AssertionError e) {
      spark.close();
      throw e;
    }
  }

  private Path start(String name, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx384m", "-Dlog4j2.level=INFO", "-cp", sparkHome.resolve("jars") + "/*"));
    command.addAll(List.of("-Dlog4j2.configurationFile=" + logging(), main));
    command.addAll(List.of("--host", HOST, "--webui-port", "0"));
    command.addAll(List.of("--properties-file", properties.toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile()).directory(folder.toFile());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().put("HOME", "/nonexistent");
    processes.add(builder.start());
    return log;
  }

  /** Without one of its own, the quiet one of the jobs would be found in their jar. */
  private Path logging() throws IOException {
    Path file = folder.resolve("log4j2-cluster.properties");
    Files.writeString(
        file,
        """
        rootLogger.level = info
        rootLogger.appenderRef.stdout.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %p %c{1}: %m%n
        """);
    return file;
  }

  private void awaitLine(Path log, String text, int times)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + NANOSECONDS;
    while (Files.readAllLines(log).stream().filter(line -> line.contains(text)).count() < times) {
      if (System.nanoTime() > end || !processes.stream().allMatch(Process::isAlive)) {
        throw new AssertionError(text + " is not in:\n" + Files.readString(log));
      }
      Thread.sleep(50);
    }
  }

  String master() {
    return "spark://%s:%d".formatted(HOST, port);
  }

  String secret() {
    return secret;
  }

  /** What jobs give to spark-submit. */
  Path properties() {
    return properties;
  }

  /** The same with another secret. */
  Path propertiesWith(String secret) throws IOException {
    Path file = Files.createTempFile(folder, "spark-", ".conf");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return Files.writeString(
        file,
        """
        spark.authenticate            true
        spark.authenticate.secret     %s
        spark.network.crypto.enabled  true
        spark.io.encryption.enabled   true
        spark.driver.host             127.0.0.1
        spark.driver.bindAddress      127.0.0.1
        spark.executor.memory         512m
        spark.executor.cores          1
        """
            .formatted(secret));
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
