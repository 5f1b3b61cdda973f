package org.anabranch.spark.job;

import java.io.IOException;
import java.util.Optional;
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
   * @throws Mistake if it cannot be used, or the run that goes on had another one or none
   */
  static @Nullable Stem of(
      TrainingConfiguration configuration, RunRecorder recorder, Configuration hadoop)
      throws IOException {
    Optional<String> before = recorder.identity(IDENTITY);
    boolean wanted = !configuration.model().stem().isEmpty();
    Stem stem = null;
    if (before.isPresent()) {
      requireSame(configuration, recorder.folder(), before.get(), hadoop);
      stem = kept(recorder.folder(), before.get());
      stem.open();
    } else if (wanted) {
      stem = Stem.read(configuration, hadoop);
      stem.open();
      recorder.folder().write(RunFiles.STEM, stem.content());
      recorder.identify(IDENTITY, stem.sha256());
    }
    return stem;
  }

  private static void requireSame(
      TrainingConfiguration configuration, RunFolder folder, String before, Configuration hadoop) {
    if (configuration.model().stem().isEmpty()) {
      throw another(folder, before, "model.stem is not set");
    }
    Stem original = Stem.readIfThere(configuration, hadoop);
    if (original != null && !original.sha256().equals(before)) {
      throw another(
          folder, before, "%s, of SHA-256 %s".formatted(original.place(), original.sha256()));
    }
  }

  private static Mistake another(RunFolder folder, String before, String now) {
    return new Mistake(
        "%s: --resume would go on with another stem: it was one of SHA-256 %s, and %s. Set model.stem to %s/%s, or give --overwrite, or another --out."
            .formatted(folder.location(), before, now, folder.location(), RunFiles.STEM));
  }

  /**
   * The stem of a model that was trained.
   *
   * @throws Mistake if the file is not the one that the model was trained with
   */
  static Stem ofModel(RunFolder folder, FrozenStem described) throws IOException {
    if (!folder.exists(described.file())) {
      throw missing(folder, described.file());
    }
    return checked(folder, described.file(), described.sha256());
  }

  private static Stem kept(RunFolder folder, String sha256) throws IOException {
    if (!folder.exists(RunFiles.STEM)) {
      throw missing(folder, RunFiles.STEM);
    }
    return checked(folder, RunFiles.STEM, sha256);
  }

  private static Mistake missing(RunFolder folder, String file) {
    return new Mistake(
        "%s: there is no %s in it, through which the run's samples pass first. Put the file back: the whole folder is the model."
            .formatted(folder.location(), file));
  }

  private static Stem checked(RunFolder folder, String file, String sha256) throws IOException {
    Stem stem = Stem.of(folder.location() + "/" + file, folder.read(file));
    if (!stem.sha256().equals(sha256)) {
      throw new Mistake(
          "%s: its SHA-256 is %s, but the run had a stem of %s. Put back the file that the run wrote."
              .formatted(stem.place(), stem.sha256(), sha256));
    }
    return stem;
  }
}
