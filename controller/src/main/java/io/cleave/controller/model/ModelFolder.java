package io.cleave.controller.model;

import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.OnnxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * ONNX files by the hash of their content: {@code SHA256.onnx} in one folder. A file appears whole
 * or not at all. Thread-safe.
 */
public final class ModelFolder {
  private static final int PIECE = 1 << 16;

  private final Path folder;
  private final long mostBytes;

  /**
   * A folder, made when the first file comes.
   *
   * @param mostBytes of one upload, at least 1
   */
  public ModelFolder(Path folder, long mostBytes) {
    if (mostBytes < 1) {
      throw new IllegalArgumentException(
          "An upload must be allowed at least 1 byte, not %d.".formatted(mostBytes));
    }
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /** The file with this content, if it is there. */
  public Optional<Path> find(String sha256) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      return Optional.empty();
    }
    Path file = folder.resolve(sha256 + ".onnx");
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /**
   * Takes a model in; one that is there already stays.
   *
   * @param content read to its end, not closed
   * @param wanted hash that the content must have; empty if any will do
   * @return its hash
   * @throws UploadRefused if it is too long, has another hash or is no model
   */
  public String add(InputStream content, Optional<String> wanted) {
    try {
      Files.createDirectories(folder);
      Path aside = Files.createTempFile(folder, "upload", ".part");
      try {
        String sha256 = copy(content, aside);
        check(aside, sha256, wanted);
        move(aside, folder.resolve(sha256 + ".onnx"));
        return sha256;
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private String copy(InputStream content, Path aside) throws IOException {
    DigestInputStream digested = new DigestInputStream(content, sha256());
    try (OutputStream out = Files.newOutputStream(aside)) {
      byte[] piece = new byte[PIECE];
      long total = 0;
      for (int n = digested.read(piece); n >= 0; n = digested.read(piece)) {
        total += n;
        if (total > mostBytes) {
          throw new UploadRefused(
              "A model may have at most %d bytes. The limit is cleave.controller.max-model-size."
                  .formatted(mostBytes),
              true);
        }
        out.write(piece, 0, n);
      }
    }
    return HexFormat.of().formatHex(digested.getMessageDigest().digest());
  }

  private static void check(Path aside, String sha256, Optional<String> wanted) {
    if (wanted.isPresent() && !wanted.get().equals(sha256)) {
      throw new UploadRefused(
          "The content has the hash %s, not the announced one. Maybe it was cut off."
              .formatted(sha256),
          false);
    }
    try {
      OnnxFile.read(aside);
    } catch (ModelFormatException error) {
      throw new UploadRefused("The content is no ONNX model that stands alone.", false);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException plainly) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
