// Validates PDFs against PDF/A and PDF/UA with veraPDF.
//
// Usage: Validate FLAVOURS FILE...      for instance: Validate 3a,ua1 x.pdf y.pdf
// Prints a line for each file and each rule that it breaks; exits 1 if any does.

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Validate {
    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("usage: Validate FLAVOURS FILE...");
            System.exit(2);
        }
        VeraGreenfieldFoundryProvider.initialise();
        int failed = 0;
        for (int file = 1; file < args.length; file++) {
            for (String flavour : args[0].split(",")) {
                failed += validate(args[file], flavour) ? 0 : 1;
            }
        }
        System.out.printf("%d passed, %d failed%n", (args.length - 1) * args[0].split(",").length - failed, failed);
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean validate(String file, String name) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("no such flavour: " + name);
        }
        try (InputStream in = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
            ValidationResult result = validator.validate(parser);
            Set<String> broken = new TreeSet<>();
            for (TestAssertion test : result.getTestAssertions()) {
                if (test.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber() + " " + test.getMessage());
                }
            }
            System.out.printf("%s %s: %s%n", result.isCompliant() ? "pass" : "FAIL", name, file);
            broken.forEach(rule -> System.out.println("    " + rule));
            return result.isCompliant();
        }
    }
}
