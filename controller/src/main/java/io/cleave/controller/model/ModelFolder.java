package io.cleave.controller.model;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.OnnxFile;
import io.cleave.policies.plan.SizesFile;
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
import java.util.function.UnaryOperator;

/**
 * ONNX files by the hash of their content: {@code SHA256.onnx} in one folder, and beside them what
 * their exits answered, {@code SHA256.answers.csv.gz}, and of all what codecs make of their
 * tensors, {@code SHA256.codecs.csv}. A file appears whole or not at all. Thread-safe.
 */
public final class ModelFolder {
  private static final String ENDING = ".onnx";
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
    Path file = folder.resolve(sha256 + ENDING);
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /**
   * What a model's exits answered, if it lies beside the model.
   *
   * @throws UnknownModel if what lies there cannot be read, or is another model's
   */
  Optional<ExitStudy> exits(String sha256) {
    try {
      return AnswersFile.read(folder.resolve(sha256 + ENDING), sha256);
    } catch (IOException unusable) {
      throw new UnknownModel(
          "What its exits answered cannot be used: %s".formatted(unusable.getMessage()));
    }
  }

  /** When the answers of a model's exits came, in ms since 1970; 0 if there are none. */
  long exitsChanged(String sha256) {
    return AnswersFile.beside(folder.resolve(sha256 + ENDING)).toFile().lastModified();
  }

  /**
   * A model's network with what codecs make of its tensors, if that lies beside the model.
   *
   * @throws UnknownModel if what lies there cannot be read, or is another model's
   */
  DnnGraph measured(DnnGraph graph, String sha256) {
    try {
      return SizesFile.measured(graph, folder.resolve(sha256 + ENDING), sha256);
    } catch (IOException unusable) {
      throw new UnknownModel(
          "What codecs make of its tensors cannot be used: %s".formatted(unusable.getMessage()));
    }
  }

  /** When the sizes of a model's tensors came, in ms since 1970; 0 if there are none. */
  long sizesChanged(String sha256) {
    return SizesFile.beside(folder.resolve(sha256 + ENDING)).toFile().lastModified();
  }

  /**
   * Takes in what a model's exits answered; what was there before is replaced.
   *
   * @param content read to its end, not closed
   * @throws UploadRefused if it is too long, no such file, or another model's
   */
  public void addExits(InputStream content, String sha256) {
    addBeside(content, sha256, AnswersFile::beside, model -> AnswersFile.read(model, sha256));
  }

  /**
   * Takes in what codecs make of a model's tensors; what was there before is replaced.
   *
   * @param content read to its end, not closed
   * @throws UploadRefused if it is too long, no such file, or another model's
   */
  public void addSizes(InputStream content, String sha256) {
    addBeside(content, sha256, SizesFile::beside, model -> SizesFile.read(model, sha256));
  }

  /** Fails if what lies beside a model is of no use. */
  @FunctionalInterface
  private interface Check {
    void of(Path model) throws IOException;
  }

  private void addBeside(
      InputStream content, String sha256, UnaryOperator<Path> beside, Check check) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new UploadRefused("A model is named by 64 hexadecimal digits.", false);
    }
    try {
      Files.createDirectories(folder);
      Path model = Files.createTempFile(folder, "upload", ENDING); // nobody's, for its name
      Path aside = beside.apply(model);
      try {
        copy(content, aside);
        check(check, model, aside);
        move(aside, beside.apply(folder.resolve(sha256 + ENDING)));
      } finally {
        Files.deleteIfExists(model);
        Files.deleteIfExists(aside);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
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
        move(aside, folder.resolve(sha256 + ENDING));
        return sha256;
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static void check(Check check, Path model, Path aside) {
    try {
      check.of(model);
    } catch (IOException unusable) {
      String why = String.valueOf(unusable.getMessage());
      throw new UploadRefused(why.replace(aside.toString(), "The content"), false);
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
