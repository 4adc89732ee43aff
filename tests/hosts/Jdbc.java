import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class Jdbc {
    static void ask(Statement statement, String path) throws Exception {
        for (String question : Files.readAllLines(Path.of(path))) {
            try (ResultSet answers = statement.executeQuery(question)) {
                while (answers.next()) {
                    System.out.println(answers.getString(1));
                }
            } catch (SQLException error) {
                System.out.println(error.getMessage());
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        for (int connection = 0; connection < 2; connection++) {
            Connection shop = DriverManager.getConnection("jdbc:sqlite:shop.db?enable_load_extension=true");
            Statement statement = shop.createStatement();
            ask(statement, "before.sql");
            for (int again = 0; again < 2; again++) {
                statement.execute("SELECT load_extension('./kefu')");
            }
            ask(statement, "questions.sql");
        }
    }
}
