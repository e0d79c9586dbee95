package io.cleave.testbed.experiment;

import io.cleave.policies.onnx.OnnxFile;
import io.cleave.traces.Capacity;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints of what a run was made from. */
public final class Sha256 {
  private Sha256() {}

  /** Of a file's content. */
  public static String of(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a model as one file that stands alone, weights in files beside it taken in. */
  public static String ofModel(Path file) {
    MessageDigest digest = digest();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      OnnxFile.writeWhole(file, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of some content. */
  public static String of(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /**
   * Of what is replayed, whatever file it came from: starts, rates and round trips of all steps.
   */
  static String of(Trace trace) {
    MessageDigest digest = digest();
    for (Capacity way : new Capacity[] {trace.up(), trace.down()}) {
      for (int step = 0; step < way.steps(); step++) {
        put(digest, way.startSeconds(step));
        put(digest, way.bitsPerSecond(step));
        put(digest, trace.roundTrip().at(way.startSeconds(step)));
      }
      put(digest, way.periodSeconds());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void put(MessageDigest digest, double value) {
    digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
