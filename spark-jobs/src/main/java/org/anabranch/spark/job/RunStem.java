package org.anabranch.spark.job;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.anabranch.model.node.FrozenStem;
import org.anabranch.train.RunFolder;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The stem in a run's folder: a run keeps its own, and needs the original never again. */
final class RunStem {
  private static final String IDENTITY = "stemSha256";

  private RunStem() {}

  /**
   * The stem of a run that starts or goes on, opened; null if it has none. A run that starts copies
   * the file that the configuration names.
   *
   * @throws Mistake if it cannot be used, or not for samples as the settings tell them
   */
  static @Nullable Stem of(
      TrainingConfiguration configuration, RunRecorder recorder, Configuration hadoop)
      throws IOException {
    Optional<String> before = recorder.identity(IDENTITY);
    if (before.isPresent()) {
      return opened(ofFile(recorder.folder(), RunFiles.STEM, before.get()), configuration);
    }
    if (configuration.model().stem().isEmpty()) {
      return null;
    }
    Stem stem = opened(Stem.read(configuration, hadoop), configuration);
    recorder.folder().write(RunFiles.STEM, stem.content());
    recorder.identify(IDENTITY, stem.sha256());
    return stem;
  }

  private static Stem opened(Stem stem, TrainingConfiguration configuration) {
    stem.open();
    int width = configuration.data().declaredWidth();
    if (width > 0) {
      FrozenStem unused = stem.described(width);
    }
    return stem;
  }

  /**
   * Refuses to go on with another stem than the run had, before anything in its folder is touched.
   * The file itself may be gone since.
   *
   * @throws Mistake if another one is named now, or none, or one where there was none
   */
  static void requireSame(
      TrainingConfiguration configuration, RunFolder folder, Supplier<Configuration> hadoop)
      throws IOException {
    Map<String, ?> provenance = Json.object(folder.read(RunFiles.PROVENANCE));
    Object before = provenance.get(IDENTITY);
    boolean named = !configuration.model().stem().isEmpty();
    if (before == null) {
      boolean begun = provenance.containsKey("numericsId");
      if (named && (begun || !folder.list(RunFiles.CHECKPOINTS).isEmpty())) {
        throw another(folder, "it had none, and there is one now", "Take model.stem out");
      }
      return;
    }
    String back = "Set model.stem to %s/%s".formatted(folder.location(), RunFiles.STEM);
    if (!named) {
      throw another(folder, "it had one, and model.stem is not set", back);
    }
    Stem now = Stem.readIfThere(configuration, hadoop.get());
    if (now != null && !now.sha256().equals(before)) {
      String fact =
          "it had SHA-256 %s, and %s, with %s".formatted(before, now.place(), now.sha256());
      throw another(folder, fact, back);
    }
  }

  private static Mistake another(RunFolder folder, String fact, String remedy) {
    return new Mistake(
        "%s: --resume would go on with another stem: %s. %s, or give --overwrite, or another --out."
            .formatted(folder.location(), fact, remedy));
  }

  /**
   * The stem of a model that was trained.
   *
   * @throws Mistake if the file is not the one that the model was trained with
   */
  static Stem ofModel(RunFolder folder, FrozenStem described) throws IOException {
    return ofFile(folder, described.file(), described.sha256());
  }

  private static Stem ofFile(RunFolder folder, String file, String sha256) throws IOException {
    if (!folder.exists(file)) {
      throw new Mistake(
          "%s: there is no %s in it, through which its samples pass first. Put the file back: the whole folder is the model."
              .formatted(folder.location(), file));
    }
    Stem stem = Stem.of(folder.location() + "/" + file, folder.read(file));
    if (!stem.sha256().equals(sha256)) {
      throw new Mistake(
          "%s: its SHA-256 is %s, but the run had a stem of %s. Put back the file that the run wrote."
              .formatted(stem.place(), stem.sha256(), sha256));
    }
    return stem;
  }
}
