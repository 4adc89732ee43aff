use strict;
use warnings;
use DBI;

sub ask {
    my ($dbh, $path) = @_;
    open my $questions, '<', $path or die "$path: $!";
    while (my $question = <$questions>) {
        my $answers = eval { $dbh->selectcol_arrayref($question) };
        print map("$_\n", $answers ? @$answers : $dbh->errstr);
    }
}

my @connections;
for my $connection (1, 2) {
    my $dbh = DBI->connect('dbi:SQLite:dbname=shop.db', '', '', {RaiseError => 1, PrintError => 0});
    push @connections, $dbh;
    ask($dbh, 'before.sql');
    for my $again (1, 2) {
        $dbh->sqlite_enable_load_extension(1); $dbh->sqlite_load_extension("./kefu");
    }
    ask($dbh, 'questions.sql');
}
