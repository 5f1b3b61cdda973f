package org.anabranch.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a run ended with.
 *
 * @param rounds of the whole run, those before a resume included
 * @param samples seen in this process
 * @param failures samples taken out of a round in this process
 * @param repeated rounds computed again for their scales in this process
 * @param worstDefect the largest share of a parasitic mode seen in this process
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record TrainingResult(
    double[] parameters,
    long rounds,
    long samples,
    long failures,
    long repeated,
    double worstDefect,
    double loss,
    double accuracy,
    @Nullable Evaluation evaluation) {

  /** SHA-256 of the parameters as little-endian float64, in hexadecimal. */
  public String parametersSha256() {
    ByteBuffer bytes = ByteBuffer.allocate(8 * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(parameters);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
