package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.spark.job.Finding.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final JavaProbe SOUND = new JavaProbe("17.0.1", "V", "VM", "mixed mode", 4);

  @Test
  void thisMachineCanTrain() {
    StringWriter text = new StringWriter();
    assertThat(Doctor.ofProcess().examine(new PrintWriter(text))).isEqualTo(ExitCode.OK);
    assertThat(text.toString())
        .contains(
            "Java: " + System.getProperty("java.version"),
            "float32 lanes",
            "Spark 4.2.",
            "Hadoop client 3.",
            "file, hdfs",
            "GPUs: ",
            "Training works");
  }

  @Test
  void whatBlocksTrainingEndsWithOne() {
    StringWriter text = new StringWriter();
    Doctor doctor = new Doctor(List.of(SOUND, new LibraryProbe("3.5.1", "3.5.0")));
    assertThat(doctor.examine(new PrintWriter(text))).isEqualTo(ExitCode.FAILURE);
    assertThat(text.toString())
        .contains(
            "STOP  Libraries: Spark 3.5.1",
            "Anabranch is built for Spark 4.2.x.",
            "-> Start by submit/anabranch",
            "Training cannot start");
  }

  @Test
  void whatIsOnlySlowEndsWithZero() {
    StringWriter text = new StringWriter();
    Doctor doctor = new Doctor(List.of(new KernelProbe(Optional.empty(), "scalar", false)));
    assertThat(doctor.examine(new PrintWriter(text))).isEqualTo(ExitCode.OK);
    assertThat(text.toString())
        .contains(
            "slow  Kernels: scalar (no module jdk.incubator.vector)",
            "--add-modules=jdk.incubator.vector",
            "slower than it could");
  }

  @Test
  void knowsAJavaThatDoesNotCompile() {
    assertThat(verdict(SOUND)).isEqualTo(Verdict.FINE);
    assertThat(verdict(new JavaProbe("17", "V", "VM", "interpreted mode", 4)))
        .isEqualTo(Verdict.SLOW);
    assertThat(verdict(new JavaProbe("17", "V", "VM", "mixed mode", 1))).isEqualTo(Verdict.SLOW);
    assertThat(verdict(new JavaProbe("17", "V", "another VM", "JIT", -1))).isEqualTo(Verdict.FINE);
  }

  @Test
  void judgesKernelsByWhatTheBackendChose() {
    Optional<Integer> lanes = Optional.of(8);
    assertThat(verdict(new KernelProbe(lanes, "vector, 8 lanes", false))).isEqualTo(Verdict.FINE);
    assertThat(verdict(new KernelProbe(lanes, "scalar", false))).isEqualTo(Verdict.SLOW);
    assertThat(verdict(new KernelProbe(lanes, "it is 7", true))).isEqualTo(Verdict.BLOCKS);
  }

  @Test
  void knowsTheMemoryThatSparkNeeds() {
    assertThat(new MachineProbe("x", 2, 460L << 20, 0).look())
        .noneMatch(finding -> finding.verdict() == Verdict.BLOCKS);
    assertThat(new MachineProbe("x", 2, 440L << 20, 0).look())
        .anyMatch(
            finding -> finding.verdict() == Verdict.BLOCKS && finding.remedy().contains("-Xmx1g"));
  }

  @Test
  void missingLibrariesBlock() {
    assertThat(new LibraryProbe("4.2.0", "3.5.0").look())
        .allMatch(finding -> finding.verdict() == Verdict.FINE);
    assertThat(new LibraryProbe("", "").look())
        .allMatch(finding -> finding.verdict() == Verdict.BLOCKS);
  }

  @Test
  void aFolderThatIsNotThereBlocks(@TempDir Path folder) {
    assertThat(verdict(new FolderProbe(folder, List.of()))).isEqualTo(Verdict.FINE);
    assertThat(new FolderProbe(folder, List.of(folder.resolve("absent"))).look().get(1))
        .satisfies(
            finding -> assertThat(finding.verdict()).isEqualTo(Verdict.BLOCKS),
            finding -> assertThat(finding.remedy()).contains("SPARK_LOCAL_DIRS"));
  }

  @Test
  void listsAbsentFileSystems() {
    assertThat(new FileSystemProbe(Map.of("moon", "no.such.Class")).look().get(0).found())
        .isEqualTo("file; not moon");
    assertThat(new FileSystemProbe(Map.of("text", "java.lang.String")).look().get(0).found())
        .isEqualTo("file, text");
  }

  @Test
  void tellsAGpuFromNoneAndFromABrokenDriver() {
    assertThat(new GpuProbe(List.of("anabranch-no-such-program")).look().get(0).found())
        .startsWith("none");
    assertThat(new GpuProbe(List.of("sh", "-c", "echo 'A, 1 MiB, 5'; echo 'B, 2 MiB, 5'")).look())
        .extracting(Finding::found)
        .containsExactly("A, 1 MiB, 5", "B, 2 MiB, 5");
    assertThat(new GpuProbe(List.of("sh", "-c", "echo no driver; exit 9")).look().get(0).found())
        .isEqualTo("sh fails: no driver");
    assertThat(new GpuProbe(List.of("sh", "-c", "exit 0")).look().get(0).found()).isEqualTo("none");
  }

  private static Verdict verdict(Probe probe) {
    return probe.look().get(0).verdict();
  }
}
