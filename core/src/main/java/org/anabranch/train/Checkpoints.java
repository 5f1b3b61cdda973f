package org.anabranch.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checkpoints of a run, {@code checkpoint-000000123.safetensors} in its folder: the newest two,
 * so that a damaged one can be replaced by the one before. A process that is killed while it saves
 * leaves a whole checkpoint, the new one or the one before.
 */
public final class Checkpoints {
  private static final String PREFIX = "checkpoint-";
  private static final int KEPT = 2;

  private final RunFolder folder;

  public Checkpoints(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * Saves a checkpoint and then deletes all but the newest two. Checkpoints of later rounds are
   * deleted too: a run that saves an earlier round has gone back behind them, and they would
   * otherwise be what the next start finds.
   */
  public void save(Checkpoint checkpoint) throws IOException {
    folder.write(CheckpointFile.name(checkpoint.round()), CheckpointFile.encode(checkpoint));
    int kept = 0;
    for (String name : newestFirst()) {
      boolean later = CheckpointFile.round(name) > checkpoint.round();
      if (later || kept == KEPT) {
        folder.delete(name);
      } else {
        kept++;
      }
    }
  }

  /**
   * The newest whole checkpoint; none if the folder has no checkpoints.
   *
   * @param fingerprint what the checkpoint must belong to
   * @param warning receives a sentence for each damaged checkpoint that was passed over
   * @throws IOException if there are checkpoints and none is whole, or reading fails
   * @throws IllegalArgumentException if the newest whole one belongs to something else
   */
  public Optional<Checkpoint> latest(String fingerprint, Consumer<String> warning)
      throws IOException {
    List<String> damaged = new ArrayList<>();
    for (String name : newestFirst()) {
      String location = folder.location() + "/" + name;
      byte[] file = folder.read(name); // a failure to read is no damage and ends the search
      try {
        Checkpoint checkpoint = CheckpointFile.decode(file, name, location);
        requireFingerprint(checkpoint, fingerprint, location);
        damaged.forEach(
            fact ->
                warning.accept(
                    "%s The run goes on from round %d instead."
                        .formatted(fact, checkpoint.round())));
        return Optional.of(checkpoint);
      } catch (IOException e) {
        damaged.add(String.valueOf(e.getMessage()));
      }
    }
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    throw new IOException(
        "%s: none of %d checkpoints is whole. %s Restore one of them from a copy, or delete them all to start from the beginning."
            .formatted(folder.location(), damaged.size(), String.join(" ", damaged)));
  }

  private List<String> newestFirst() throws IOException {
    return folder.list(PREFIX).stream()
        .filter(name -> CheckpointFile.round(name) >= 0)
        .sorted(Comparator.comparingLong(CheckpointFile::round).reversed())
        .toList();
  }

  private static void requireFingerprint(Checkpoint checkpoint, String expected, String location) {
    if (!checkpoint.fingerprint().equals(expected)) {
      throw new IllegalArgumentException(
          ("%s: it belongs to '%s', this run is '%s'. Resume with the configuration that the run was"
                  + " started with, or use another folder.")
              .formatted(location, checkpoint.fingerprint(), expected));
    }
  }
}
