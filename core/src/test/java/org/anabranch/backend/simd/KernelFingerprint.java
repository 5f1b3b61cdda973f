package org.anabranch.backend.simd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Prints the SHA-256 of what all kernels of this virtual machine make of fixed inputs: first as
 * many rounds as the argument says, to have them compiled, then once for the print.
 */
final class KernelFingerprint {
  private static final int[] WIDTHS = {1, 3, 16, 17, 33, 48, 64, 81};

  private KernelFingerprint() {}

  public static void main(String[] arguments) {
    Kernels kernels = KernelChoice.get();
    for (int round = Integer.parseInt(arguments[0]); round > 0; round--) {
      KernelCases.run(kernels, WIDTHS);
    }
    System.out.println(of(kernels));
  }

  static String of(Kernels kernels) {
    MessageDigest digest = sha256();
    KernelCases.run(kernels, WIDTHS)
        .forEach(
            (name, bits) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * bits.length);
              bytes.asLongBuffer().put(bits);
              digest.update(bytes.array());
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
