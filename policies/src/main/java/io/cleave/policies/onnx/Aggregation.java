package io.cleave.policies.onnx;

import java.util.List;
import java.util.Locale;

/**
 * How what several devices computed becomes one. Source: Teerapittayanon, McDanel, Kung, ICDCS
 * 2017, whose MP, AP and CC these are.
 */
public enum Aggregation {
  /** The largest over devices, element by element. */
  MAX {
    @Override
    String of(Blueprint b, List<String> maps) {
      return b.joined("Max", maps);
    }

    @Override
    void exit(Blueprint b, List<String> scores) {
      b.joinedExit("Max", scores);
    }
  },
  /** The mean over devices, element by element. */
  AVERAGE {
    @Override
    String of(Blueprint b, List<String> maps) {
      return b.joined("Mean", maps);
    }

    @Override
    void exit(Blueprint b, List<String> scores) {
      b.joinedExit("Mean", scores);
    }
  },
  /** One device's after the other's; of scores, a fully connected layer then makes one a class. */
  CONCAT {
    @Override
    String of(Blueprint b, List<String> maps) {
      return b.concat(maps.toArray(String[]::new));
    }

    @Override
    void exit(Blueprint b, List<String> scores) {
      b.exit(of(b, scores), ViewNetworks.CLASSES);
    }
  };

  /** As file names have it: {@code max}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All devices' feature maps as one. */
  abstract String of(Blueprint b, List<String> maps);

  /** All devices' scores as an exit. */
  abstract void exit(Blueprint b, List<String> scores);
}
